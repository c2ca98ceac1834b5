"""Cells of a score column that are, or are not, numbers."""
from ..case import WIDE, File, at, case
from ..data import scores, wide

# id, title, the cell, why it matters, other safe behaviours with the number the cell then is
REFUSED = [
    ("exponent", "scientific notation", "1e3", "'1e3' is 1000 for most parsers and a mistyped 13 for the person who typed it."),
    ("exponent-decimal", "scientific notation with a point", "1.2E2", "Spreadsheets write it; 120 is no score that anyone typed."),
    ("parentheses", "a number in parentheses", "(12)", "Accountants mean -12, others a doubtful 12."),
    ("trailing-minus", "a minus behind the number", "12-", "SAP writes -12 so; a parser that drops the sign makes it 12."),
    ("space-thousands", "a no-break space inside", "1\u00a0234", "French thousands, or two cells in one."),
    ("apostrophe-thousands", "a Swiss thousands mark", "1’234", "Not declared."),
    ("arabic-indic", "Arabic-Indic digits", "٣٤", "Python's int() reads them; the grammar does not list them."),
    ("slash", "a fraction with a slash", "1/2", "0.5, or the first of February."),
    ("boolean", "TRUE in a score column", "TRUE", "A coercing reader makes it 1."),
    ("formula", "a formula", "=12", "Not a number but a spreadsheet's formula."),
    ("error-div", "a spreadsheet error", "#DIV/0!", "The score could not be computed."),
    ("error-na", "Excel's #N/A", "#N/A", "It is an error of a lookup, not the word N/A; not declared."),
    ("error-ref", "Excel's #REF!", "#REF!", "The formula lost its cells."),
    ("stars", "a masked value", "**", "SAS prints stars where a number does not fit."),
    ("greater-than", "a censored value", ">63", "'>63' is not 63."),
    ("at-least-ja", "'or more' in Japanese", "50以上", "Not 50."),
    ("unit-ja", "a unit in Japanese", "23点", "'23 points'."),
    ("percent", "a percent sign", "45%", "0.45 or 45."),
    ("two-points", "two decimal points", "12.3.4", "A date or a slip."),
    ("double-minus", "two minus signs", "--5", "C-like parsers give +5."),
    ("en-dash", "an en dash as minus", "–5", "U+2013 is not one of the minus signs of the grammar."),
    ("nan", "NaN", "NaN", "pandas wrote a missing value; the word is not in the documented list, and f64::parse accepts it."),
    ("infinity-sign", "the sign of infinity", "∞", "Not a score."),
    ("date-excel", "an Excel date", "3-Jan", "Excel made it of 1/3 or 3-1; nobody can undo it."),
    ("date-ja", "a Japanese date", "3月1日", "Excel made it of 3/1."),
    ("letter-o", "letter O for zero", "2O", "'2O' is 20 for the eye only."),
    ("roman", "a Roman numeral of one character", "Ⅻ", "U+216B; NFKC makes letters of it."),
    ("styled-digits", "mathematical bold digits", "𝟐𝟑", "NFKC makes 23 of them; the grammar lists full-width digits only."),
    ("plus-minus", "a value with its error", "23±2", "Not 23 and not 232."),
    ("unit-wide-percent", "full-width percent", "４５％", "The digits alone would be valid."),
    ("list-comma", "two answers with a comma", "2,3", "In quotes: two answers, or a decimal comma in a dot file."),
    ("approx-tilde", "an approximate value", "~25", "Not 25."),
]


def cases():
    for place, (name, title, cell, wrong) in enumerate(REFUSED):
        id = f"num-{name}"
        line, column = 3 + place * 5 % 10, ("bdi_pre", "bdi_post")[place % 2]
        mention = [["data.csv"], [str(line)], [column]]
        if cell.isprintable():
            mention.append([cell])
        yield case(id, title, wrong, "error", data=wide(scores(id)).set(line, column, cell), defects=[at(line, column, cell)], mention=mention)
    yield from invisible()
    yield from doubtful()
    yield from marks()
    yield from valid()
    yield from several()


def invisible():
    for id, title, cell, wrong in (
        ("num-zero-width-inside", "a zero-width space inside", "2\u200b3", "On screen it is 23."),
        ("num-soft-hyphen", "a soft hyphen before the digits", "\u00ad5", "Invisible, or a minus that a line break swallowed."),
    ):
        yield case(id, title, wrong, "error", data=wide(scores(id)).set(8, "bdi_post", cell), defects=[at(8, "bdi_post", cell)],
                   mention=[["data.csv"], ["8"], ["bdi_post"]])


def doubtful():
    """Cells that are certain to some, and outside the grammar: refusing is expected, the right number is tolerated."""
    for id, title, cell, right, wrong in (
        ("num-trailing-point", "a point without decimals", "12.", "12", "'12.' may have lost its decimals."),
        ("num-leading-point", "a point without a digit before it", ".5", "0.5", "SPSS writes '.5'; it may also be a 5 behind a speck."),
    ):
        pairs = scores(id)
        table = wide(pairs).set(7, "bdi_post", cell)
        pairs[5] = (pairs[5][0], right)
        yield case(id, title, wrong, "error", "ok", "warn", data=table, pairs=pairs, defects=[at(7, "bdi_post", cell)])
    pairs = scores("num-formula-text")
    cell = f'="{pairs[3][0]}"'
    yield case("num-formula-text", "a number as a text formula", "'=\"12\"' is what exporters write to keep Excel from changing a cell: read with a count, or refused.", "error", "warn",
               data=wide(pairs).set(5, "bdi_pre", cell), pairs=pairs, defects=[at(5, "bdi_pre", cell)], mention=[["data.csv"], ["5", "1"], ["bdi_pre"]])
    pairs = scores("num-minus-zero", low=0, high=9, fall=(0, 5))
    table = wide(pairs).set(6, "bdi_post", "-0")
    pairs[4] = (pairs[4][0], "0")
    yield case("num-minus-zero", "minus zero", "'-0' is 0; it must not be shown as -0 nor break the ranks.", "ok", "warn", "error", data=table, pairs=pairs,
               mention=[["data.csv"]])


def marks():
    pairs = [(f"{a}.5", f"{b}.5") for a, b in scores("num-dot-in-comma-file", fall=(0, 16))]
    comma = [(a.replace(".", ","), b.replace(".", ",")) for a, b in pairs]
    yield case("num-dot-in-comma-file", "'21.5' in a file with decimal comma", "Read without its point it is 215; the plan says ','.", "error",
               plan={**WIDE, "separator": ";", "decimal": ","}, files=[File(wide(comma).set(10, "bdi_pre", "21.5"), separator=";", decimal=",")],
               defects=[at(10, "bdi_pre", "21.5")])
    yield case("num-comma-in-semicolon-file", "'21,5' in a ';' file without a declared decimal mark", "All other scores are whole; the default mark is the point.", "error",
               plan={**WIDE, "separator": ";"}, files=[File(wide(scores("num-comma-in-semicolon-file")).set(4, "bdi_post", "21,5"), separator=";")],
               defects=[at(4, "bdi_post", "21,5")])
    pairs = [(f"{a}.25", f"{b}.75") for a, b in scores("num-comma-declared", fall=(0, 16))]
    comma = [(a.replace(".", ","), b.replace(".", ",")) for a, b in pairs]
    yield case("num-comma-declared", "decimal comma in quoted cells, declared", "A ',' separated file with '\"21,25\"'.", "ok",
               plan={**WIDE, "decimal": ","}, pairs=pairs, files=[File(wide(comma), decimal=",")])
    pairs = [(f"{1000 + int(a)}.5", f"{900 + int(b)}.5") for a, b in scores("num-thousands-dot")]
    cells = [(f"1.{a[1:4]},5", b.replace(".", ",")) for a, b in pairs]
    yield case("num-thousands-dot", "'1.234,5' with both marks declared", "Steps per day in a German export.", "ok",
               plan={**WIDE, "separator": ";", "decimal": ",", "thousands": "."}, pairs=pairs,
               files=[File(wide(cells), separator=";", decimal=",", more={"thousands": "."})])
    yield case("num-thousands-zero-group", "a group of thousands that begins with 0", "'0,123' is a decimal with the other mark: read as 123 it is a thousand times too large.", "error",
               harm="wrong number", plan={**WIDE, "thousands": ","},
               files=[File(wide(scores("num-thousands-zero-group")).set(6, "bdi_post", "0,123"), more={"thousands": ","})], defects=[at(6, "bdi_post", "0,123")])
    yield case("num-thousands-bad-group", "a declared thousands mark in the wrong place", "'12,34' is no grouped number: a decimal comma slipped in.", "error",
               plan={**WIDE, "thousands": ","}, files=[File(wide(scores("num-thousands-bad-group")).set(6, "bdi_post", "12,34"), more={"thousands": ","})],
               defects=[at(6, "bdi_post", "12,34")])


def valid():
    pairs = scores("num-plus-and-zeros", low=21, high=46)
    table = wide(pairs).set(2, "bdi_pre", "+" + pairs[0][0]).set(3, "bdi_pre", "0" + pairs[1][0]).set(4, "bdi_pre", pairs[2][0] + ".0").set(5, "bdi_pre", pairs[3][0] + ".00")
    yield case("num-plus-and-zeros", "plus sign, leading zero, zero decimals", "'+23', '023', '23.0' and '23.00' are whole numbers.", "ok", "warn", data=table, pairs=pairs)
    pairs = scores("num-fullwidth-digits")
    wide_digits = {ord(c): ord(c) + 0xFEE0 for c in "0123456789."}
    table = wide(pairs)
    for line in (2, 6, 11):
        table.set(line, "bdi_post", table.get(line, "bdi_post").translate(wide_digits))
    yield case("num-fullwidth-digits", "full-width digits", "'３０', typed with a Japanese input method.", "ok", "warn", data=table, pairs=pairs)
    pairs = [(f"-{a}.5", f"-{b}.5") for a, b in scores("num-fullwidth-negative", fall=(0, 16))]
    table = wide(pairs)
    for line, minus in ((3, "－"), (7, "−")):
        table.set(line, "bdi_pre", minus + table.get(line, "bdi_pre")[1:].translate(wide_digits | {ord("."): ord("．")}))
    yield case("num-fullwidth-negative", "full-width negative decimals", "'－２３．５' (U+FF0D) and '−２３．５' (U+2212).", "ok", "warn", data=table, pairs=pairs)


def several():
    table = wide(scores("num-several-kinds")).set(4, "bdi_pre", "12;13").set(6, "bdi_post", "see note").set(11, "bdi_post", "?")
    yield case("num-several-kinds", "three bad cells of three kinds", "All are named in one run.", "error", data=table,
               defects=[at(4, "bdi_pre", "12;13"), at(6, "bdi_post", "see note"), at(11, "bdi_post", "?")])
