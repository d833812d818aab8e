#!/bin/sh
# Installs Pango, which lays out the PDF, with apt or brew; where that cannot be done, says what to type.
set -eu
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
apt="apt-get install -y --no-install-recommends $packages"
if command -v apt-get >/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive $apt -qq >/dev/null && exit 0
  elif sudo -n true 2>/dev/null; then
    sudo apt-get update -qq && sudo $apt -qq >/dev/null && exit 0
  fi
  echo "Pango is missing; type: sudo apt-get update && sudo $apt" >&2
elif command -v brew >/dev/null; then
  brew install --quiet pango && exit 0
  echo "Pango is missing; type: brew install pango" >&2
else
  echo "Pango is missing; install Pango 1.44 or later with your system's packages (on macOS first install Homebrew)" >&2
fi
exit 1
