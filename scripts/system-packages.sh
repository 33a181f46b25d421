#!/usr/bin/env bash
# Installs what tests need from the system: Chromium, a Chinese font and LibreOffice. Only what is missing, only
# through apt, only as root or with passwordless sudo; else it says so and the tests that need them are skipped.
set -uo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
dpkg-query -W -f '${Status}\n' fonts-noto-cjk fonts-wqy-microhei 2>/dev/null | grep -q '^install ok' ||
    missing+=(fonts-wqy-microhei)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui)
[ ${#missing[@]} -eq 0 ] && exit 0

without() {
    echo "Without the system packages ${missing[*]} ($1), the tests that need them are skipped." >&2
    exit 0
}

command -v apt-get >/dev/null || without "there is no apt-get to install them"
if [ "$(id -u)" -eq 0 ]; then
    as_root=(env)
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n env)
else
    without "neither root nor passwordless sudo"
fi

echo "Installing the system packages ${missing[*]} …" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    "${as_root[@]}" apt-get -q update
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 </dev/null || without "apt-get failed: $(grep '^E:' "$log" | tail -n 1)"
