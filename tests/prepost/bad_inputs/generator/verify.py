"""What every case must hold before it is written."""
import re
import tomllib

from .write import toml

PLAN_KEYS = {
    "layout", "subject", "pre", "post", "visit", "value", "pre_visit", "post_visit", "pre_file", "post_file", "pre_items",
    "post_items", "items", "item_range", "reverse", "score", "prorate", "encoding", "separator", "decimal",
    "decimal_by_column", "thousands", "missing", "range", "integer", "header_line", "skip_records_after_header",
    "instrument_column", "instrument", "require", "per_file", "group", "min_cell", "pre_date", "post_date",
}
OUTPUT_KEYS = {
    "html_forbid", "any_forbid", "terminal_forbid", "terminal_line_forbid", "terminal_max_line", "csv_no_cell_starts",
    "csv_negative_numbers_stay", "json_valid", "number_forbid", "max_abs_t", "stay_inside", "no_file_named",
    "distinct_results", "markdown_columns_stay",
}
LIMIT_KEYS = {"max_seconds", "max_rss_mib", "max_message_lines"}
WORDS = {"ok", "warn", "error"}


def all_cases(cases):
    ids = [case.id for case in cases]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for case in cases:
        try:
            one(case)
        except AssertionError as error:
            raise AssertionError(f"{case.id}: {error}") from error


def one(case):
    read = tomllib.loads(toml(case))
    assert read["id"] == case.id and read["plan"] == as_read(case.plan), "the TOML does not say what was meant"
    assert set(case.plan) <= PLAN_KEYS, set(case.plan) - PLAN_KEYS
    assert set(case.output) <= OUTPUT_KEYS and set(case.limits) <= LIMIT_KEYS, "unknown key"
    may = {case.expect, *case.also}
    assert may <= WORDS and case.expect not in case.also, may
    assert may == {"error"} or case.expected, "exit 0 is allowed but the numbers are not known"
    for defect in case.defects:
        shows(case, defect)


def as_read(what):
    if isinstance(what, dict):
        return {k: as_read(v) for k, v in what.items()}
    return [as_read(v) for v in what] if isinstance(what, (list, tuple)) else what


def shows(case, defect):
    """The value of a defect stands in the record that begins on its line, counted as an editor counts."""
    file = next(file for file in case.files if file.name == defect["file"])
    if "line" not in defect:
        return
    text = file.bytes().decode(file.encoding, "replace")
    lines = re.split("\r\n|\r|\n", text)
    assert defect["line"] <= len(lines), f"no line {defect['line']}"
    if "value" in defect:
        rest = "\n".join(lines[defect["line"] - 1:defect["line"] + 2])
        wanted = re.sub("\r\n|\r", "\n", defect["value"])
        assert wanted in rest or wanted.replace('"', '""') in rest, f"{wanted!r} is not on line {defect['line']}"
