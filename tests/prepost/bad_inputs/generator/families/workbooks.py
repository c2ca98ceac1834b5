"""Workbooks that look other than they read: raised and struck digits, readings over the letters, hidden rows."""
from ..case import TWO, WIDE, File, case
from ..data import names, scores
from ..workbook import BOLD, LOWERED, PLAIN, RAISED, READING, STRUCK, ods, xlsx


def sheet(pairs, ids=None, header=("subject", "bdi_pre", "bdi_post")):
    return [list(header)] + [[one, int(before), int(after)] for one, (before, after) in zip(ids or names(len(pairs)), pairs)]


def cases():
    yield from pieces()
    yield from readings()
    yield from hidden()


def pieces():
    def bad(id, title, wrong, row, column, cell, *words, form="xlsx", **how):
        rows = sheet(scores(id))
        rows[row - 1][column] = cell
        content = xlsx(rows, **how) if form == "xlsx" else ods(rows)
        return case(id, title, wrong, "error", files=[File(content, name=f"data.{form}")],
                    mention=[[f"data.{form}"], [str(row)], [("bdi_pre", "bdi_post")[column - 1]], list(words)])

    raised = [("23", PLAIN), ("2", RAISED)]
    yield bad("num-xlsx-raised", "a footnote mark in a score cell", "'23' with a raised '2': a reader of the letters gets 232.", 5, 2, raised, "23²", "superscript")
    yield bad("num-xlsx-raised-inline", "a raised digit in an inline text", "As R's writexl and others write texts; the raised '2' points to a footnote.", 8, 1, raised, "23²", "superscript", inline=True)
    yield bad("num-xlsx-lowered", "a lowered digit behind a score", "'1' with a lowered '4' is not 14.", 4, 2, [("1", PLAIN), ("4", LOWERED)], "1₄", "subscript")
    yield bad("num-xlsx-struck", "a struck digit before the right one", "'1' struck out, then '2': not 12.", 9, 2, [("1", STRUCK), ("2", PLAIN)], "struck")
    yield bad("num-ods-raised", "a raised digit in an OpenDocument cell", "'23' with a raised '2'.", 6, 1, raised, "23²", "superscript", form="ods")
    yield bad("num-ods-struck", "a struck digit in an OpenDocument cell", "'1' struck out, then '2'.", 6, 2, [("1", STRUCK), ("2", PLAIN)], "struck", form="ods")
    for form, write in (("xlsx", xlsx), ("ods", ods)):
        pairs = scores(f"num-{form}-pieces")
        rows = sheet(pairs)
        rows[0] = [*rows[0], [("note", PLAIN), ("1", RAISED)]]
        rows[0][1] = [("bdi", BOLD), ("_pre", PLAIN)]
        for row, note in zip(rows[1:], ["", [("see", PLAIN), ("2", RAISED)], "", [("late", STRUCK), ("in time", PLAIN)]]):
            row.append(note)
        rows[3][2] = [(pairs[2][1][:1], BOLD), (pairs[2][1][1:], PLAIN)] if len(pairs[2][1]) > 1 else pairs[2][1]
        rows[5][0] = [("S", BOLD), ("05", PLAIN)]
        rows[7][2] = [(pairs[6][1], RAISED)]
        yield case(f"num-{form}-pieces", "texts in pieces that mean nothing", "Bold letters in a header, an id and a number; a number that is raised as a whole; footnotes in a column that is not used.",
                   "ok", files=[File(write(rows), name=f"data.{form}")], pairs=pairs)


def readings():
    people = ["山田", "田中", "佐藤", "鈴木", "高橋", "伊藤", "渡辺", "中村", "小林", "加藤", "吉田", "山本"]
    kana = ["ヤマダ", "タナカ", "サトウ", "スズキ", "タカハシ", "イトウ", "ワタナベ", "ナカムラ", "コバヤシ", "カトウ", "ヨシダ", "ヤマモト"]
    id = "ids-xlsx-furigana"
    pairs = scores(id)
    pre = [[[("氏名", PLAIN), ("シメイ", READING)], "bdi"]] + [[[(one, PLAIN), (read, READING)], int(pair[0])] for one, read, pair in zip(people, kana, pairs)]
    post = [["氏名", "bdi"]] + [[one, int(pair[1])] for one, pair in zip(people, pairs)]
    plan = {**TWO, "subject": "氏名", "pre_file": "pre.xlsx", "post_file": "post.xlsx"}
    yield case(id, "readings (furigana) over the names", "Excel keeps the kana typed for each name; they are no part of it. The names of post.xlsx were pasted and have none.", "ok",
               plan=plan, files=[File(xlsx(pre), name="pre.xlsx"), File(xlsx(post, inline=True), name="post.xlsx")], pairs=pairs, harm="lost rows")
    id = "ids-xlsx-footnote"
    pairs = scores(id)
    plan = {**TWO, "pre_file": "pre.xlsx", "post_file": "post.xlsx"}
    ids = names(12, "{:d}")
    pre = [["subject", "bdi"]] + [[one, int(pair[0])] for one, pair in zip(ids, pairs)]
    post = [["subject", "bdi"]] + [[one if one != "7" else [("7", PLAIN), ("1", RAISED)], int(pair[1])] for one, pair in zip(ids, pairs)]
    yield case(id, "a footnote mark behind an id", "'7' with a raised '1' in post.xlsx is no subject 71.", "error", "warn", plan=plan, pairs=pairs, harm="lost rows",
               files=[File(xlsx(pre), name="pre.xlsx"), File(xlsx(post), name="post.xlsx")], mention=[["post.xlsx"], ["7¹"], ["1"]])


def hidden():
    for form, write in (("xlsx", xlsx), ("ods", ods)):
        id = f"str-{form}-hidden-rows"
        pairs = scores(id)
        rows = sheet(pairs)
        rows[0].append("status")
        for number, row in enumerate(rows[1:], 2):
            row.append("withdrawn" if number in (4, 7, 12) else "done")
        yield case(id, "rows hidden by a filter", "Who filtered the withdrawn away believes that they are out; they are in the file, and in the analysis.", "warn", "error",
                   files=[File(write(rows, hidden=(4, 7, 12)), name=f"data.{form}")], pairs=pairs, mention=[[f"data.{form}"], ["3"], ["hidden", "hides"]], harm="wrong number")
    id = "str-xlsx-hidden-no-data"
    pairs = scores(id)
    rows = [["Trial export", "", "", ""], ["", "", "", ""], ["subject", "key", "bdi_pre", "bdi_post"]]
    rows += [[one, f"k{number}", before, after] for number, (one, before, after) in enumerate(sheet(pairs)[1:])]
    yield case(id, "hidden columns, and hidden rows without data", "The title above the header, a blank row and two columns are hidden, one of them of the plan.", "ok",
               plan={**WIDE, "header_line": 3}, files=[File(xlsx(rows, hidden=(1, 2), hidden_columns=(2, 3)), name="data.xlsx", header_line=3)], pairs=pairs)
