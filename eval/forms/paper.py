"""Paper: PDF files by LibreOffice, and pages scanned with skew, noise and JPEG's traces."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from eval.forms.plan import Plan

DPI = 150
TIMEOUT_SECONDS = 600


def office() -> str | None:
    """The path of LibreOffice's program, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Sequence[Path], ending: str, folder: Path) -> None:
    """Converts all files in one run of LibreOffice, with a profile of its own, into `folder`."""
    program = office()
    if program is None or not files:
        return
    profile = folder / "office-profile"
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    command += ["--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    shutil.rmtree(profile, ignore_errors=True)


def scan(pdf: Path, plan: Plan, target: Path) -> None:
    """Writes an image of the first page, or an image-only PDF of all, as a scanner would."""
    layout = plan.layout
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[i].render(scale=DPI / 72).to_pil().convert("L") for i in range(len(document))]
    if target.suffix != ".pdf":
        pages = [_stacked(pages)]
    pages = [_worn(page, layout.skew, layout.noise, seed) for seed, page in enumerate(pages, len(plan.id))]
    quality = layout.jpeg or 85
    if target.suffix == ".pdf":
        pages[0].save(target, save_all=True, append_images=pages[1:], resolution=DPI, quality=quality)
    else:
        pages[0].save(target, quality=quality)


def _stacked(pages: Sequence[Image.Image]) -> Image.Image:
    """The pages below one another, each without its white margins at top and bottom."""
    strips = []
    for page in pages:
        rows = np.flatnonzero((np.asarray(page) < 128).any(axis=1))
        if rows.size:
            strips.append(page.crop((0, max(0, int(rows[0]) - 20), page.width, min(page.height, int(rows[-1]) + 20))))
    image = Image.new("L", (pages[0].width, sum(strip.height for strip in strips) + 80), 255)
    top = 40
    for strip in strips:
        image.paste(strip, (0, top))
        top += strip.height
    return image


def _worn(page: Image.Image, skew: float, noise: int, seed: int) -> Image.Image:
    """Turns the page by `skew` degrees and adds noise of `noise` grey levels' standard deviation."""
    turned = page.rotate(skew, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = np.random.default_rng(seed).normal(0, noise, (turned.height, turned.width))
    return Image.fromarray(np.clip(np.asarray(turned, dtype=np.float64) * 0.96 + grain, 0, 255).astype(np.uint8))
