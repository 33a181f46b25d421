"""A Word document -> its bytes, the same whenever it is saved."""

import io
import zipfile

from docx.document import Document as WordDocument

# The first moment a zip file can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def docx_bytes(document: WordDocument) -> bytes:
    """The document as a .docx without the time of saving."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return fixed.getvalue()
