"""What a case is: its files, its plan, and what must happen."""
from dataclasses import dataclass, field

from .data import NEWLINES, Table
from .statistics import describe

CATEGORIES = {
    "enc": "encoding", "str": "structure", "num": "numbers", "mis": "missing", "ids": "ids", "lay": "layout",
    "rng": "range", "deg": "degenerate", "sec": "security", "prv": "privacy", "res": "resources", "dat": "dates",
}
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
WIDE = {"layout": "wide", "subject": "subject", "pre": "bdi_pre", "post": "bdi_post"}
LONG = {"layout": "long", "subject": "subject", "visit": "visit", "value": "bdi", "pre_visit": "pre", "post_visit": "post"}
TWO = {"layout": "two-files", "subject": "subject", "value": "bdi", "pre_file": "pre.csv", "post_file": "post.csv"}


@dataclass
class File:
    """A data file: a table, or lines, or bytes as they stand, and what the bytes are."""
    content: object
    name: str = "data.csv"
    encoding: str = "utf-8"
    bom: bool = False
    separator: str = ","
    newline: str = "lf"
    decimal: str = "."
    header_line: int = 1
    every: bool = False
    more: dict = field(default_factory=dict)

    def bytes(self):
        if isinstance(self.content, bytes):
            return self.content
        lines = self.content.lines(self.separator, self.every) if isinstance(self.content, Table) else self.content
        end = NEWLINES[self.newline]
        text = end.join(lines) + end
        return (BOMS[self.encoding] if self.bom else b"") + text.encode(self.encoding)


@dataclass
class Case:
    id: str
    title: str
    wrong: str
    expect: str
    also: tuple
    plan: dict
    files: list
    expected: dict | None
    defects: list
    mention: list
    output: dict
    limits: dict
    harm: str
    sources: list

    @property
    def category(self):
        return CATEGORIES[self.id.split("-")[0]]


def at(line, column=None, value=None, file="data.csv", count=None):
    """A [[defect]]."""
    known = {"file": file, "line": line, "column": column, "value": value, "count": count}
    return {key: what for key, what in known.items() if what is not None}


def case(id, title, wrong, expect, *also, plan=WIDE, data=None, files=None, pairs=None, rel_tol=1e-09,
         defects=(), mention=None, output=None, limits=None, harm="wrong number", sources=()):
    """A case; `data` is the content of data.csv, `files` are used where more must be said of the bytes.

    What a message must mention is, where nothing else is said, all that the defects state; a column that the header
    lacks has no line.
    """
    files = files or [File(data)]
    if mention is None:
        mention = []
        for defect in defects:
            for key in ("file", "line", "column", "value"):
                of_header = key == "line" and defect.get("line") == 1 and "column" in defect
                if key in defect and not of_header and [str(defect[key])] not in mention:
                    mention.append([str(defect[key])])
    expected = describe(pairs, rel_tol) if pairs else None
    return Case(id, title, wrong, expect, also, plan, files, expected, list(defects), mention, output or {}, limits or {},
                harm, list(sources))
