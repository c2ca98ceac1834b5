"""Writes the synthetic exports of this folder, as the systems write them: python3 data-samples/generate_exports.py

Nobody's data: a fixed seed, scores drawn by chance. The workbook needs openpyxl; without it the rest is written.
"""

import csv
import io
import random
from pathlib import Path

HERE = Path(__file__).parent


def score(rng, low, high, mean, sd):
    return max(low, min(high, round(rng.gauss(mean, sd))))


def write(path, rows, encoding="utf-8", separator=",", newline="\n", quote_all=False):
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=newline, quoting=quoting).writerows(rows)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def redcap(rng):
    """Raw longitudinal export: three events, a repeating form of adverse events, checkboxes, form status."""
    header = [
        "record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "site",
        "support___1", "support___2", "support____99", "background_complete",
        "visit_date", "phq9_total", "wsas_total", "scores_complete", "ae_text", "adverse_event_complete",
    ]
    rows = [header]
    for number in range(1, 27):
        phq9, wsas = score(rng, 4, 25, 14, 4), score(rng, 5, 38, 22, 6)
        events = ["baseline_arm_1", "post_arm_1", "month6_arm_1"]
        if number in (7, 19):
            events.remove("post_arm_1")
        for month, event in zip((0, 3, 9), events):
            gain = {"baseline_arm_1": 0, "post_arm_1": 4, "month6_arm_1": 5}[event]
            first = event == "baseline_arm_1"
            background = [rng.choice(["1", "2"]), rng.choice("01"), rng.choice("01"), "0", "2"] if first else ["", "0", "0", "0", ""]
            now = [str(score(rng, 0, 27, phq9 - gain, 2.5)), str(score(rng, 0, 40, wsas - gain, 4))]
            if number == 12 and event == "post_arm_1":
                now[1] = ""
            date = f"{2024 + month // 12}-{1 + month % 12:02}-{1 + number:02}"
            rows.append([number, event, "", "", *background, date, *now, "2" if now[1] else "0", "", ""])
            if first and number % 6 == 0:
                for instance in range(1, number // 6 + 1):
                    text = rng.choice(["headache, mild", "sleep \"worse\" for two nights", "fall\nno injury"])
                    rows.append([number, event, "adverse_event", instance, "", "0", "0", "0", "", "", "", "", "", text, "2"])
    write(HERE / "redcap/export.csv", rows)


def qualtrics(rng):
    """Three header records (names, questions with line breaks, import ids); one response a person and time."""
    names = [
        "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
        "ExternalReference", "UserLanguage", "timepoint", "GAD-7 total", "SWLS total", "comment",
    ]
    questions = [
        "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date",
        "Response ID", "External Data Reference", "User Language", "When is this?",
        "Over the last two weeks, how often have you been bothered by the following problems?\nSum of seven answers",
        "Please rate the following five statements.\n\nSum of answers", "Anything else, in \"your own\" words?",
    ]
    ids = ["startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate", "_recordId",
           "externalDataReference", "userLanguage", "timepoint", "SC_1", "SC_2", "QID7_TEXT"]
    rows = [names, questions, [f'{{"ImportId":"{name}"}}' for name in ids]]
    for number in range(1, 25):
        gad, swls = score(rng, 4, 21, 12, 3), score(rng, 6, 33, 18, 5)
        for time, gain, month in (("pre", 0, "02"), ("post", 3, "05")):
            if number == 15 and time == "post":
                continue
            day = f"2024-{month}-{1 + number:02} 10:{number + 10}:00"
            comment = rng.choice(["", "", "fine, thanks", "long\nsurvey"])
            rows.append([
                day, day.replace(" 10:", " 11:"), "IP Address", "*******", 100, rng.randint(300, 1500), "TRUE", day,
                f"R_{rng.getrandbits(60):015X}", f"P{number:03}", "EN", time,
                score(rng, 0, 21, gad - gain, 2), score(rng, 5, 35, swls + gain, 3), comment,
            ])
    write(HERE / "qualtrics/export.csv", rows, newline="\r\n", quote_all=True)


def excel_japan(rng):
    """CP932 with CRLF, as Excel saves CSV in Japan, and the same as a workbook."""
    header = ["研究番号", "施設", "性別", "年齢", "BDI-II 合計点 前", "BDI-II 合計点 後", "SASS-J（介入前）", "SASS-J（介入後）", "備考"]
    rows = []
    for number in range(1, 29):
        bdi, sass = score(rng, 8, 50, 24, 8), score(rng, 10, 50, 29, 7)
        after = ["" if number in (9, 22) else score(rng, 0, 63, bdi - 6, 5), score(rng, 0, 60, sass + 3, 4)]
        remark = rng.choice(["", "", "", "途中で休止", "〜３月まで", "①回欠席"])
        rows.append([f"Ｋ－{number:02}", rng.choice(["東京", "大阪"]), rng.choice("男女"), rng.randint(24, 58), bdi, after[0], sass, after[1], remark])
    write(HERE / "excel-japan/scores.csv", [header, *rows], encoding="cp932", newline="\r\n")
    try:
        from openpyxl import Workbook
    except ImportError:
        print("openpyxl is not here: excel-japan/scores.xlsx is left as it is")
        return
    book = Workbook()
    sheet = book.active
    sheet.title = "得点"
    for row in [header, *rows]:
        sheet.append([None if cell == "" else cell for cell in row])
    book.create_sheet("説明").append(["この表は架空のデータです"])
    book.save(HERE / "excel-japan/scores.xlsx")


def two_files(rng):
    """Before: UTF-8, comma, English. After: CP949, semicolon, Korean headers, decimal comma."""
    before, after = [["subject", "age", "PHQ-9", "EQ-5D"]], [["대상자번호", "PHQ-9", "EQ-5D"]]
    order = list(range(1, 31))
    rng.shuffle(order)
    for number in range(1, 31):
        before.append([f"K{number:02}", rng.randint(20, 64), score(rng, 3, 26, 13, 4), f"{rng.uniform(40, 80) / 100:.2f}"])
    for number in order:
        if number not in (4, 17, 26):
            phq9 = max(0, int(before[number][2]) - score(rng, -3, 9, 3, 3))
            eq5d = min(1, float(before[number][3]) + rng.uniform(-5, 20) / 100)
            after.append([f"K{number:02}", phq9, f"{eq5d:.2f}".replace(".", ",")])
    write(HERE / "two-files/pre.csv", before)
    write(HERE / "two-files/post.csv", after, encoding="cp949", separator=";", newline="\r\n")


if __name__ == "__main__":
    redcap(random.Random(20260101))
    qualtrics(random.Random(20260102))
    excel_japan(random.Random(20260103))
    two_files(random.Random(20260104))
