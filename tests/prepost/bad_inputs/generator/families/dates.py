"""Dates of the visits."""
from ..case import WIDE, at, case
from ..data import scores, wide

DATED = {**WIDE, "pre_date": "date_pre", "post_date": "date_post"}


def dated(id):
    pairs = scores(id)
    table = wide(pairs)
    table.add("date_pre", [f"2024-0{1 + i % 3}-1{i % 10}" for i in range(12)]).add("date_post", [f"2024-0{5 + i % 3}-1{i % 10}" for i in range(12)])
    return table, pairs


def cases():
    table, pairs = dated("dat-in-order")
    yield case("dat-in-order", "dates in order, one visit on one day", "A follow-up on the day of the baseline is not before it.", "ok", plan=DATED, pairs=pairs,
               data=table.set(6, "date_post", table.get(6, "date_pre")))
    table, pairs = dated("dat-one-before")
    yield case("dat-one-before", "one follow-up a day before its baseline", "Line 8, over the turn of a year.", "warn", "error", plan=DATED, pairs=pairs,
               data=table.set(8, "date_pre", "2024-01-01").set(8, "date_post", "2023-12-31"), defects=[at(8, "date_post", "2023-12-31")], mention=[["8"]])
    table, pairs = dated("dat-impossible")
    yield case("dat-impossible", "a day that does not exist", "'2023-02-29' in a column that the plan names.", "error", "warn", plan=DATED, pairs=pairs,
               data=table.set(5, "date_pre", "2023-02-29"), defects=[at(5, "date_pre", "2023-02-29")])
    table, pairs = dated("dat-other-order")
    for line in range(2, 14):
        year, month, day = table.get(line, "date_post").split("-")
        table.set(line, "date_post", f"{day}/{month}/{year}")
    yield case("dat-other-order", "one date column in another order", "'10/05/2024' where the plan's format is ISO: the tenth of May or the fifth of October.", "error", "warn", plan=DATED, data=table, pairs=pairs,
               defects=[at(2, "date_post", "10/05/2024")], mention=[["data.csv"], ["date_post"], ["10/05/2024", "12"]])
    table, pairs = dated("dat-blank")
    yield case("dat-blank", "two dates not recorded", "An empty date loses no score.", "ok", "warn", plan=DATED, pairs=pairs, data=table.set(4, "date_post", "").set(9, "date_pre", ""))
    pairs = scores("dat-unused")
    yield case("dat-unused", "damaged dates in unused columns", "'31.02.2024', '0000-00-00', '令和6年3月1日', 'yesterday'.", "ok", pairs=pairs,
               data=wide(pairs).add("visit_date", ["31.02.2024", "0000-00-00", "令和6年3月1日", "yesterday", *["45352"] * 8]))
    pairs = scores("dat-column-absent")
    yield case("dat-column-absent", "the plan's date column is absent", "The plan names date_pre and date_post; the file has neither.", "error", plan=DATED, data=wide(pairs),
               defects=[at(1, "date_pre"), at(1, "date_post")])
