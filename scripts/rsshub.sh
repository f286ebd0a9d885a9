#!/usr/bin/env bash
# Installs Node 22 and RSSHub into build/rsshub, by the committed lockfile, running no script of any
# package. RSSHub is AGPL-3.0: a separate service that is only asked over HTTP, never part of ours.
set -euo pipefail
cd "$(dirname "$0")/.."
VERSION=1.0.0-master.f99e982
FOLDER=build/rsshub
[ -e "$FOLDER/.ready-$VERSION" ] && exit 0
command -v npm >/dev/null || { echo "rsshub: no npm here, its tests will be skipped"; exit 0; }
mkdir -p "$FOLDER"
cp scripts/rsshub/package.json scripts/rsshub/package-lock.json scripts/rsshub/.npmrc \
    scripts/rsshub/launch.mjs "$FOLDER"
cd "$FOLDER"
install() {
    npm ci --loglevel=error &&
        npm pack --loglevel=error "rsshub@$VERSION" &&
        mkdir -p node_modules/rsshub &&
        tar -xzf "rsshub-$VERSION.tgz" -C node_modules/rsshub --strip-components 1
}
install || { echo "rsshub: the packages cannot be had, its tests will be skipped"; exit 0; }
touch ".ready-$VERSION"
