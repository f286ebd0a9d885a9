#!/usr/bin/env bash
# Two pages of a notice side by side, as a picture. Needs LibreOffice, poppler-utils and ImageMagick.
# Usage: scripts/notice_picture.sh NOTICE.docx PICTURE.png [PAGE PAGE]
set -eu
notice=${1:?usage: scripts/notice_picture.sh NOTICE.docx PICTURE.png [PAGE PAGE]}
picture=${2:?usage: scripts/notice_picture.sh NOTICE.docx PICTURE.png [PAGE PAGE]}
pages=("${3:-1}" "${4:-4}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to pdf \
    --outdir "$folder" "$notice" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
for page in "${pages[@]}"; do
    pdftoppm -r 72 -f "$page" -l "$page" -singlefile -png "$folder"/*.pdf "$folder/page-$page"
done
montage "$folder/page-${pages[0]}.png" "$folder/page-${pages[1]}.png" -tile 2x1 \
    -geometry +8+8 -background '#d8d8d8' -depth 8 -colors 24 "PNG8:$picture"
