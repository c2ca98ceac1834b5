#!/bin/sh
# Fills fuzz/corpus from the files of the tests: what a fuzzer needs to start from.
set -eu
cd "$(dirname "$0")/.."
tests=tests/prepost
corpus=fuzz/corpus
rm -rf "$corpus"
mkdir -p "$corpus/records" "$corpus/cell" "$corpus/plan" "$corpus/workbook" "$corpus/ingest"

# The number of a plan of src/ingest/fuzz/plans.rs as the byte that stands before the file.
byte() { printf "\\$(printf '%03o' "$1")"; }

find "$tests/bad_inputs" -name '*.csv' -size -40k | while read -r file; do
    name=$(basename "$(dirname "$file")")-$(basename "$file")
    cp "$file" "$corpus/records/$name"
    case $(head -c 400 "$file" | tr -d '\000') in
        *redcap*) plans=8 ;;
        *instrument*) plans=3 ;;
        *visit*) plans=2 ;;
        *wb_pre*) plans=5 ;;
        *date_pre*) plans='6 0' ;;
        *site*) plans='7 13' ;;
        *';'*) plans='10 1' ;;
        *subject*) plans='0 1 9 11' ;;
        *) plans='1 12' ;;
    esac
    for plan in $plans; do
        { byte "$plan"; cat "$file"; } > "$corpus/ingest/$plan-$name"
    done
    # Cells of every kind: the first thousand distinct ones are enough.
    tr ',;\t\r' '\n\n\n\n' < "$file"
done | LC_ALL=C sort -u | head -n 4000 | split -l 1 -a 4 - "$corpus/cell/"

find "$tests/bad_inputs" -name pre.csv -size -40k | while read -r pre; do
    folder=$(dirname "$pre")
    for plan in 4 14; do
        { byte "$plan"; cat "$pre"; byte 28; cat "$folder/post.csv"; } > "$corpus/ingest/$plan-$(basename "$folder")"
    done
done

for file in "$tests"/ingest/fixtures/*; do
    case $file in *.py | *.csv) continue ;; esac
    cp "$file" "$corpus/workbook/"
    { byte 15; cat "$file"; } > "$corpus/ingest/15-$(basename "$file")"
done

for file in data-samples/*/trial.toml; do
    cp "$file" "$corpus/plan/$(echo "$file" | tr / -)"
done
# The snippets of the documentation.
for page in README.md docs/*.md docs/*/*.md; do
    awk -v out="$corpus/plan/$(basename "$page")" '/^```toml/ { inside = 1; n += 1; next } /^```/ { inside = 0 } inside { print > (out "-" n) }' "$page"
done
