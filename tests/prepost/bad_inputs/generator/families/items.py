"""Scores from items: keys, ranges, prorating."""
from fractions import Fraction

from ..case import at, case
from ..data import Draw, Table, names


def plan(items, item_range, reverse=(), score="sum", **more):
    return {"layout": "items", "subject": "subject", "items": items, "item_range": list(item_range), "reverse": list(reverse), "score": score,
            "pre_items": "wb_pre_{i}", "post_items": "wb_post_{i}", **more}


def answers(seed, items, low, high, n=10):
    """A table of whole answers, all given."""
    draw = Draw(seed)
    header = ["subject", *(f"wb_{visit}_{i}" for visit in ("pre", "post") for i in range(1, items + 1))]
    return Table(header, [(one, *(str(draw.whole(low, high)) for _ in range(2 * items))) for one in names(n)])


def scored(table, plan):
    """The pairs by the plan's rule; a form with too few answers has no score and its subject no pair."""
    pairs = []
    for row in table.rows:
        pair = [form(row[1:][start:start + plan["items"]], plan) for start in (0, plan["items"])]
        if None not in pair:
            pairs.append(pair)
    return pairs


def form(cells, plan):
    low, high = plan["item_range"]
    given = [(i, Fraction(cell)) for i, cell in enumerate(cells, 1) if cell]
    if len(given) < plan["items"] * Fraction(str(plan.get("prorate", 1))) or not given:
        return None
    mean = sum(low + high - answer if i in plan["reverse"] else answer for i, answer in given) / len(given)
    return mean * plan["items"] if plan["score"] == "sum" else mean


def cases():
    yield from whole_forms()
    yield from bad_items()
    yield from incomplete()


def whole_forms():
    rule = plan(5, (1, 5), (1, 3, 5))
    table = answers("lay-items-one-based", 5, 1, 5)
    yield case("lay-items-one-based", "items from 1 to 5, three reversed", "A reversed answer is 6 - x (min + max - x), not 5 - x.", "ok", plan=rule, data=table, pairs=scored(table, rule))
    rule = plan(4, (0, 6), (2,), "mean")
    table = answers("lay-items-mean", 4, 0, 6)
    yield case("lay-items-mean", "the score is the mean of the items", "Quarters; ties are judged on exact values.", "ok", plan=rule, data=table, pairs=scored(table, rule))
    rule = plan(5, (-2, 2), (2, 4))
    table = answers("lay-items-signed", 5, -2, 2)
    yield case("lay-items-signed", "items from -2 to 2", "A reversed answer is -x.", "ok", plan=rule, data=table, pairs=scored(table, rule))
    rule = plan(12, (0, 3), (10, 11))
    table = answers("lay-items-twelve", 12, 0, 3)
    table.header[1:13] = [table.header[i] for i in (1, 10, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9)]
    for row in table.rows:
        row[1:13] = [row[i] for i in (1, 10, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9)]
    back = Table(["subject", *(f"wb_{visit}_{i}" for visit in ("pre", "post") for i in range(1, 13))], [])
    back.rows = [[row[table.header.index(name)] for name in back.header] for row in table.rows]
    yield case("lay-items-twelve", "twelve items in alphabetical order", "wb_pre_1, wb_pre_10, wb_pre_11, ...: item 10 is found by its name, not by its place.", "ok", plan=rule, data=table, pairs=scored(back, rule))


def bad_items():
    rule = plan(5, (0, 3), (2, 4))
    yield case("lay-items-reversed-range", "5 on a reversed item of 0 to 3", "3 - 5 = -2: the total stays in range and looks fine.", "error", plan=rule,
               data=answers("lay-items-reversed-range", 5, 0, 3).set(6, "wb_post_4", "5"), defects=[at(6, "wb_post_4", "5")])
    yield case("lay-items-one-based-zero", "0 on items of 1 to 5", "Coded from 0 at one site.", "error", plan=plan(5, (1, 5)),
               data=answers("lay-items-one-based-zero", 5, 1, 5).set(3, "wb_pre_1", "0").set(9, "wb_post_5", "0"), defects=[at(3, "wb_pre_1", "0"), at(9, "wb_post_5", "0")])
    yield case("lay-items-half", "2.5 on a whole-number item", "Two crosses, averaged by the typist.", "error", plan={**rule, "integer": True},
               data=answers("lay-items-half", 5, 0, 3).set(7, "wb_pre_3", "2.5"), defects=[at(7, "wb_pre_3", "2.5")])
    yield case("lay-items-text", "an answer's label instead of its code", "'often' in an item.", "error", plan=rule,
               data=answers("lay-items-text", 5, 0, 3).set(4, "wb_post_2", "often"), defects=[at(4, "wb_post_2", "often")])
    table = answers("lay-items-column-absent", 5, 0, 3)
    table.header[table.header.index("wb_post_4")] = "wb_post_4b"
    yield case("lay-items-column-absent", "the column of an item is absent", "wb_post_4 is called wb_post_4b: four items are no total.", "error", plan=rule, data=table,
               defects=[at(1, "wb_post_4")])
    table = answers("lay-items-column-twice", 5, 0, 3)
    table.header[table.header.index("wb_pre_2")] = "wb_pre_3"
    yield case("lay-items-column-twice", "an item's column stands twice, another is absent", "Two columns wb_pre_3, no wb_pre_2.", "error", plan=rule, data=table,
               defects=[at(1, "wb_pre_2"), at(1, "wb_pre_3")], mention=[["data.csv"], ["wb_pre_2", "wb_pre_3"]])


def incomplete():
    rule = plan(20, (0, 3), (4, 17), prorate=0.55)
    table = answers("lay-items-prorate-met", 20, 0, 3)
    for i in range(1, 21):
        table.set(5, f"wb_post_{i}", "2" if i <= 11 and i != 4 else "")
    table.set(5, "wb_post_4", "1")
    yield case("lay-items-prorate-met", "exactly the least share is answered", "11 of 20 items and a rule of 0.55: 0.55 x 20 is a little more than 11 in binary.", "warn", plan=rule, data=table,
               pairs=scored(table, rule), mention=[["1"]])
    rule = plan(4, (0, 4), (2,), prorate=0.8)
    table = answers("lay-items-prorate-missed", 4, 0, 4).set(4, "wb_pre_2", "").set(8, "wb_post_1", "")
    yield case("lay-items-prorate-missed", "just under the least share", "3 of 4 items are 75%, the rule is 80%: two forms have no score.", "warn", plan=rule, data=table, pairs=scored(table, rule), mention=[["2", "1"]])
    rule = plan(7, (1, 7), (2, 3), "mean")
    table = answers("lay-items-sevenths", 7, 1, 7, n=30)
    yield case("lay-items-sevenths", "the score is the mean of seven items", "Sevenths do not end: as doubles equal changes are no ties.", "ok", plan=rule, data=table, pairs=scored(table, rule))
    rule = plan(4, (0, 4), (1, 4), "mean", prorate=0.5)
    table = answers("lay-items-prorate-mean", 4, 0, 4).set(3, "wb_post_1", "").set(3, "wb_post_2", "").set(6, "wb_pre_4", "NA").set(6, "wb_pre_3", "n/a")
    plain = Table(table.header, [[cell if cell not in ("NA", "n/a") else "" for cell in row] for row in table.rows])
    yield case("lay-items-prorate-mean", "means of two of four items", "The rule is 50%; a reversed item is among those missing. Two forms are prorated.", "warn", plan=rule, data=table, pairs=scored(plain, rule), mention=[["2", "1"]])
    rule = plan(5, (0, 3), (2, 4), prorate=0.6)
    table = answers("lay-items-all-missing", 5, 0, 3)
    for i in range(1, 6):
        table.set(7, f"wb_post_{i}", "")
    yield case("lay-items-all-missing", "a form with no answer", "Nothing to prorate: no score, not 0 and, with reversed items, not 6.", "warn", plan=rule, data=table, pairs=scored(table, rule), mention=[["1"]])
    rule = plan(5, (0, 3), (2, 4), missing=["9"])
    table = answers("lay-items-code", 5, 0, 3).set(4, "wb_post_2", "9").set(8, "wb_post_4", "9")
    plain = Table(table.header, [[cell if cell != "9" else "" for cell in row] for row in table.rows])
    yield case("lay-items-code", "a declared code on reversed items", "9 is missing; 3 - 9 would be -6. No rule for prorating: two forms have no score.", "warn", "error", plan=rule, data=table, pairs=scored(plain, rule),
               defects=[at(4, "wb_post_2", "9"), at(8, "wb_post_4", "9")], mention=[["2", "1"]])
