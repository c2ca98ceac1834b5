"""Made-up scores, and tables of cells that know the line they stand on."""
import hashlib

NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


class Draw:
    """A stream of numbers that depends on its seed alone, in every version of Python."""

    def __init__(self, seed):
        self.state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")

    def whole(self, low, high):
        """A whole number from low to high, both included."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (self.state >> 33) % (high - low + 1)


def scores(seed, n=12, low=20, high=46, fall=(-2, 16)):
    """n pairs of whole scores (as text) that mostly fall."""
    draw = Draw(seed)
    pairs = []
    for _ in range(n):
        before = draw.whole(low, high)
        pairs.append((str(before), str(before - draw.whole(*fall))))
    return pairs


def names(n=12, form="S{:02d}"):
    return [form.format(i) for i in range(1, n + 1)]


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


class Table:
    """A header and rows, written as RFC 4180 asks unless told otherwise."""

    def __init__(self, header, rows):
        self.header = list(header)
        self.rows = [list(row) for row in rows]

    def set(self, line, column, value):
        """Replaces the cell on a line (header on line 1, no breaks inside cells)."""
        self.rows[line - 2][self.header.index(column)] = value
        return self

    def get(self, line, column):
        return self.rows[line - 2][self.header.index(column)]

    def insert(self, line, row):
        """Makes `row` the one on this line."""
        self.rows.insert(line - 2, list(row))
        return self

    def add(self, column, values, before=None):
        """Adds a column, at the end or before another."""
        place = len(self.header) if before is None else self.header.index(before)
        self.header.insert(place, column)
        for row, value in zip(self.rows, values):
            row.insert(place, value)
        return self

    def drop(self, line):
        del self.rows[line - 2]
        return self

    def lines(self, separator=",", every=False):
        """One text a record; `every`: all cells quoted."""
        def cell(text):
            needs = every or any(mark in text for mark in (separator, '"', "\n", "\r"))
            return quoted(text) if needs else text
        return [separator.join(map(cell, row)) for row in [self.header, *self.rows]]


def wide(pairs, ids=None, header=("subject", "bdi_pre", "bdi_post")):
    ids = ids or names(len(pairs))
    return Table(header, [(one, *pair) for one, pair in zip(ids, pairs)])


def long(pairs, ids=None, header=("subject", "visit", "bdi"), visits=("pre", "post")):
    ids = ids or names(len(pairs))
    return Table(header, [(one, visit, score) for one, pair in zip(ids, pairs) for visit, score in zip(visits, pair)])


def two(pairs, ids=None, post_ids=None, header=("subject", "bdi")):
    """The pre table and the post table."""
    ids = ids or names(len(pairs))
    post_ids = post_ids or ids
    before = Table(header, [(one, pair[0]) for one, pair in zip(ids, pairs)])
    return before, Table(header, [(one, pair[1]) for one, pair in zip(post_ids, pairs)])
