#!/usr/bin/env python3
"""Writes the cases of the set "more" beside this file: `python3 generate.py`.

Deterministic, standard library only, and not needed to run the tests: what it writes is kept in the repository.
`python3 generate.py --check` writes nothing and says whether the files on disk are what it would write.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from generator import families, verify, write  # noqa: E402  (the path has to be known first)


def main():
    cases = families.every()
    verify.all_cases(cases)
    if "--check" in sys.argv[1:]:
        differing = write.differing(HERE, cases)
        print("\n".join(differing) or f"{len(cases)} cases as generated")
        sys.exit(1 if differing else 0)
    write.everything(HERE, cases)
    print(f"{len(cases)} cases written")


if __name__ == "__main__":
    main()
