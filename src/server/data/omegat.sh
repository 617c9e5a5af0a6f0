#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Keeps an OmegaT project in step with a desk; run it from cron, say: sh omegat.sh http://HOST/t/TOKEN PROJECT
set -eu
address=${1:?usage: omegat.sh http://HOST/t/TOKEN PROJECT} project=${2:?where is the project?}
[ -d "$project" ] || { echo "omegat.sh: there is no folder $project" >&2; exit 1; }
mark=$project/.taiyaku-state last=$project/.taiyaku-last.zip new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
set -- -sS -D "$new/headers" -o "$new/all.zip" -w '%{http_code}'
[ ! -s "$mark" ] || set -- "$@" -H "If-None-Match: $(cat "$mark")"
status=$(curl "$@" "${address%/}/omegat.zip")
case $status in
304) exit 0 ;; # nothing has changed
200) ;;
*) echo "omegat.sh: the desk answers $status" >&2; exit 1 ;;
esac
mkdir "$new/old"
[ ! -s "$last" ] || unzip -qo "$last" -d "$new/old"
unzip -qo "$new/all.zip" -d "$new/files"
cp -R "$new/files/." "$project/"
(cd "$new/old" && find . -type f) | while IFS= read -r file; do # what is no longer sent goes, unless somebody changed it
    [ -e "$new/files/$file" ] || ! cmp -s "$new/old/$file" "$project/$file" || rm -f "$project/$file"
done
cp "$new/all.zip" "$last"
sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' "$new/headers" | tr -d '\r' >"$mark"
