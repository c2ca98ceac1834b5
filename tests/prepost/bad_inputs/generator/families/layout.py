"""Exports of the usual systems, long and two-file tables."""
from ..case import LONG, TWO, File, at, case
from ..data import Table, long, names, scores, two, wide

REDCAP = {"layout": "long", "subject": "record_id", "visit": "redcap_event_name", "value": "bdi_total", "pre_visit": "baseline_arm_1", "post_visit": "month_3_arm_1"}
HEADER = ("record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "bdi_total", "bdi_complete", "race___1", "race____99")


def redcap(pairs):
    """Baseline and month 3 of each record, the forms complete; checkboxes at baseline."""
    rows = []
    for one, (before, after) in enumerate(pairs, 1):
        rows.append((str(one), "baseline_arm_1", "", "", before, "2", "1", "0"))
        rows.append((str(one), "month_3_arm_1", "", "", after, "2", "", ""))
    return Table(HEADER, rows)


def cases():
    yield from long_tables()
    yield from tidy()
    yield from two_files()
    yield from redcap_exports()
    yield from redcap_damage()
    yield from filters()
    yield from lost_visits()
    yield from surveys()
    yield from trial_systems()


def long_tables():
    pairs = scores("lay-long-extra-visits")
    rows = []
    for one, (before, after) in zip(names(), pairs):
        rows += [(one, "baseline", before), (one, "month1", "40"), (one, "month3", after), (one, "month6", "7"), (one, "month12", "")]
    yield case("lay-long-extra-visits", "five visits, two of them planned", "Scores of other visits, some empty, are neither lost pairs nor missing values.", "ok",
               plan={**LONG, "pre_visit": "baseline", "post_visit": "month3"}, data=Table(("subject", "visit", "bdi"), rows), pairs=pairs)
    pairs = scores("lay-long-visit-case")
    table = long(pairs, visits=("baseline", "month3"))
    for line, label in ((4, "Baseline"), (8, "BASELINE"), (13, "Month3"), (14, "baseline ")):
        table.set(line, "visit", label)
    yield case("lay-long-visit-case", "visit labels in other case", "'Baseline', 'BASELINE' and 'Month3' beside the planned labels: three people would be lost.", "error", "warn",
               plan={**LONG, "pre_visit": "baseline", "post_visit": "month3"}, data=table, pairs=pairs, harm="lost rows",
               defects=[at(4, "visit", "Baseline"), at(8, "visit", "BASELINE"), at(13, "visit", "Month3")], mention=[["data.csv"], ["visit"], ["Baseline", "BASELINE"], ["Month3"]])
    pairs = scores("lay-long-visit-number")
    table = long(pairs, visits=("0", "3"))
    for line, label in ((4, "0.0"), (13, "3.0")):
        table.set(line, "visit", label)
    yield case("lay-long-visit-number", "visit numbers, two of them with a decimal", "'0.0' and '3.0' beside '0' and '3': two people would be lost.", "error", "warn",
               plan={**LONG, "pre_visit": "0", "post_visit": "3"}, data=table, pairs=pairs, harm="lost rows",
               defects=[at(4, "visit", "0.0"), at(13, "visit", "3.0")], mention=[["data.csv"], ["visit"], ["0.0"], ["3.0"]])
    pairs = scores("lay-long-visit-blank")
    yield case("lay-long-visit-blank", "a score without a visit", "The visit on line 9 is empty: pre, post or neither.", "error", "warn", plan=LONG, pairs=pairs,
               data=long(pairs).insert(9, ("S04", "", "23")), defects=[at(9, "visit")], mention=[["data.csv"], ["9", "1"], ["visit"]])
    pairs = scores("lay-long-visit-floats")
    yield case("lay-long-visit-floats", "visit numbers became floats", "The plan says '0' and '3', the file '0.0' and '3.0' (a pandas round trip).", "error", "ok", "warn",
               plan={**LONG, "pre_visit": "0", "post_visit": "3"}, data=long(pairs, visits=("0.0", "3.0")), pairs=pairs, mention=[["data.csv"], ["visit"], ["0.0", "3.0"]])
    pairs = scores("lay-long-shuffled")
    table = long(pairs)
    table.rows = table.rows[1::2][::-1] + table.rows[0::2]
    yield case("lay-long-shuffled", "post rows first, in reverse", "The order of rows must not matter.", "ok", plan=LONG, data=table, pairs=pairs)
    pairs = scores("lay-long-lost")
    table = long(pairs).drop(23).drop(4)
    yield case("lay-long-lost", "one person without pre, one without post", "10 pairs of 12 people, counted by visit.", "warn", plan=LONG, data=table, harm="lost rows",
               pairs=[pair for row, pair in enumerate(pairs) if row not in (1, 10)], mention=[["10", "1"], ["pre"], ["post"]])


def tidy():
    pairs = scores("lay-tidy-star")
    rows = []
    for turn, trait in enumerate(("CON", "EXT", "NEU")):
        turned = pairs[turn:] + pairs[:turn]
        rows += [(one, visit, trait, score) for one, pair in zip(names(), turned) for visit, score in zip(("pre", "post"), pair)]
    yield case("lay-tidy-star", "three instruments, all taken", "One table a name; the same pairs in another order, so that every result has the expected numbers.", "ok",
               plan={"layout": "long", "subject": "id", "visit": "visit", "value": "score", "pre_visit": "pre", "post_visit": "post", "instrument_column": "test"},
               data=Table(("id", "visit", "test", "score"), rows), pairs=pairs, output={"distinct_results": 3})
    pairs = scores("lay-redcap-eav")
    rows = []
    for one, pair in enumerate(pairs, 1):
        for event, score in zip(("baseline_arm_1", "month_3_arm_1"), pair):
            rows += [(str(one), event, "visit_date", "2024-03-01"), (str(one), event, "bdi_total", score), (str(one), event, "med", "Sertraline 50 mg")]
    yield case("lay-redcap-eav", "REDCap's EAV export", "One row a field: dates and texts stand in the same 'value' column as the scores.", "ok",
               plan={"layout": "long", "subject": "record", "visit": "redcap_event_name", "value": "value", "pre_visit": "baseline_arm_1", "post_visit": "month_3_arm_1",
                     "instrument_column": "field_name", "instrument": "bdi_total"},
               data=Table(("record", "redcap_event_name", "field_name", "value"), rows), pairs=pairs)
    pairs = scores("lay-tidy-case")
    rows = []
    for place, (one, pair) in enumerate(zip(names(), pairs)):
        for visit, score in zip(("pre", "post"), pair):
            rows.append((one, visit, "con" if place in (3, 7) and visit == "post" else "CON", score))
    yield case("lay-tidy-case", "the instrument's name in other case", "'con' for 'CON' on two rows: two follow-ups would be lost.", "error", "warn",
               plan={**LONG, "value": "score", "instrument_column": "test", "instrument": "CON"}, data=Table(("subject", "visit", "test", "score"), rows), pairs=pairs, harm="lost rows",
               defects=[at(9, "test", "con"), at(17, "test", "con")], mention=[["con"], ["2", "9"]])


def two_files():
    pairs = [(f"{a}.5", f"{b}.25") for a, b in scores("lay-two-files-differ", fall=(0, 16))]
    comma = [(a, b.replace(".", ",")) for a, b in pairs]
    pre, post = two(comma)
    pre.header, post.header = ["Code", "BDI baseline"], ["被験者", "得点"]
    yield case("lay-two-files-differ", "other headers, separators and decimal marks", "pre.csv: ',' and '.'; post.csv: CP932, ';' and ','. All stated in the plan.", "ok",
               plan={"layout": "two-files", "pre_file": "pre.csv", "post_file": "post.csv",
                     "per_file": {"pre.csv": {"subject": "Code", "value": "BDI baseline"},
                                  "post.csv": {"subject": "被験者", "value": "得点", "encoding": "cp932", "separator": ";", "decimal": ","}}},
               pairs=pairs, files=[File(pre, name="pre.csv"), File(post, name="post.csv", encoding="cp932", separator=";", decimal=",", newline="crlf")])
    pairs = scores("lay-two-files-separators")
    pre, post = two(pairs)
    yield case("lay-two-files-separators", "',' and ';', nothing declared", "The separator is found for each file alone, or asked for.", "ok", "error", plan=TWO, pairs=pairs,
               files=[File(pre, name="pre.csv"), File(post.add("note", ["a, b"] * 12), name="post.csv", separator=";")], mention=[["pre.csv", "post.csv"]])
    pre, post = two(scores("lay-two-files-bad-both"))
    pre.set(4, "bdi", "n.d.")
    post.set(11, "bdi", "3l")
    yield case("lay-two-files-bad-both", "a bad cell in each file", "Both files are named in one run.", "error", plan=TWO,
               files=[File(pre, name="pre.csv"), File(post, name="post.csv")], defects=[at(4, "bdi", "n.d.", "pre.csv"), at(11, "bdi", "3l", "post.csv")])
    pre, _ = two(scores("lay-two-files-header-only"))
    yield case("lay-two-files-header-only", "the post file has a header only", "Nobody was followed up, or the export was filtered.", "error", plan=TWO, harm="crash",
               files=[File(pre, name="pre.csv"), File(Table(("subject", "bdi"), []), name="post.csv")], mention=[["post.csv"]])


def redcap_exports():
    pairs = scores("lay-redcap-labels-status")
    rows = []
    for one, (before, after) in enumerate(pairs, 1):
        rows.append((str(one), "Baseline", "", "", before, "Complete", "Checked", "Unchecked"))
        rows.append((str(one), "Month 3, by phone", "", "", after, "Incomplete" if one in (4, 9) else "Complete", "", ""))
        rows.append((str(one), "Month 3, by phone", "Medication", "1", "", "", "", ""))
    header = ("Record ID", "Event Name", "Repeat Instrument", "Repeat Instance", "BDI-II total", "Complete?", "Race (choice=White)", "Race (choice=Not known, or \"other\")")
    yield case("lay-redcap-labels-status", "REDCap labels, two forms incomplete", "Statuses are words, checkboxes say Checked, repeat rows of another form are between.", "warn",
               plan={"layout": "long", "subject": "Record ID", "visit": "Event Name", "value": "BDI-II total", "pre_visit": "Baseline", "post_visit": "Month 3, by phone", "require": {"Complete?": "Complete"}},
               data=Table(header, rows), pairs=[pair for row, pair in enumerate(pairs) if row not in (3, 8)], mention=[["2", "14"], ["Complete?"]])
    pairs = scores("lay-redcap-repeating-event")
    table = redcap(pairs)
    place = 3
    for one in range(1, 13):
        for instance in ("1", "2"):
            table.insert(place, (str(one), "checkin_arm_1", "", instance, "40", "2", "", ""))
            place += 1
        place += 2
    yield case("lay-redcap-repeating-event", "a repeating event that the plan does not use", "'checkin_arm_1' repeats (instance without instrument) and holds scores; baseline and month 3 do not repeat.", "ok", "warn",
               plan=REDCAP, data=table, pairs=pairs)
    pairs = scores("lay-redcap-repeating-post")
    table = redcap(pairs)
    for row in table.rows[1::2]:
        row[3] = "1"
    table.insert(10, ("4", "month_3_arm_1", "", "2", "11", "2", "", ""))
    yield case("lay-redcap-repeating-post", "the post event itself repeats", "Record 4 has instances 1 and 2 of month 3 (repeat_instrument empty): which one is a rule, not a guess.", "error", plan=REDCAP, data=table,
               defects=[at(9, "record_id", "4"), at(10, "record_id", "4")], mention=[["data.csv"], ["4"], ["9", "10"]])
    pairs = scores("lay-redcap-one-instance")
    table = redcap(pairs)
    for row in table.rows[1::2]:
        row[2:4] = ["bdi", "1"]
    yield case("lay-redcap-one-instance", "the score repeats in one event, once each", "At month 3 the BDI is a repeating instrument, but nobody has a second instance: one value a visit.", "ok", "warn", plan=REDCAP, data=table, pairs=pairs)
    pairs = scores("lay-redcap-dag")
    table = redcap(pairs).add("redcap_data_access_group", ["north" if i < 12 else "south" for i in range(24)], before="redcap_repeat_instrument")
    table.add("redcap_survey_identifier", [""] * 24, before="redcap_repeat_instrument").add("bdi_timestamp", ["[not completed]"] * 24)
    yield case("lay-redcap-dag", "data access groups and survey columns", "Two extra columns after the event; the group is the plan's subgroup.", "ok",
               plan={**REDCAP, "group": "redcap_data_access_group"}, data=table, pairs=pairs)
    pairs = scores("lay-redcap-status-draft")
    table = redcap(pairs).set(5, "bdi_complete", "1").set(9, "bdi_complete", "0").set(15, "bdi_complete", "3")
    yield case("lay-redcap-status-draft", "forms with status 0, 1 and 3", "The plan takes only bdi_complete = 2; three follow-ups have another status.", "warn",
               plan={**REDCAP, "require": {"bdi_complete": "2"}}, data=table, pairs=[pair for row, pair in enumerate(pairs) if row not in (1, 3, 6)], mention=[["3"], ["bdi_complete"]])
    pairs = scores("lay-redcap-unk")
    table = redcap(pairs).set(7, "bdi_total", "UNK").set(13, "bdi_total", "UNK")
    yield case("lay-redcap-unk", "REDCap missing code UNK, declared", "Two follow-ups.", "warn", plan={**REDCAP, "missing": ["UNK", "NI"]}, data=table,
               pairs=[pair for row, pair in enumerate(pairs) if row not in (2, 5)], mention=[["2"]])


def redcap_damage():
    table = redcap(scores("lay-redcap-double-entry"))
    for step, suffix in enumerate(("--1", "--2")):
        table.insert(6 + step, ("3" + suffix, "baseline_arm_1", "", "", "31", "2", "1", "0"))
        table.insert(9 + 2 * step, ("3" + suffix, "month_3_arm_1", "", "", "24", "2", "", ""))
    table.rows.sort(key=lambda row: (int(row[0].split("-")[0]), row[0], row[1]))
    yield case("lay-redcap-double-entry", "double data entry, not merged", "'3--1' and '3--2' stand beside the merged '3': one person, three subjects.", "error", plan=REDCAP, data=table,
               defects=[at(8, "record_id", "3--1"), at(10, "record_id", "3--2")], mention=[["data.csv"], ["3--1", "--1"]])
    yield case("lay-redcap-wrong-event", "the plan names an event that no row has", "'month_6_arm_1'; the export has baseline_arm_1 and month_3_arm_1.", "error",
               plan={**REDCAP, "post_visit": "month_6_arm_1"}, data=redcap(scores("lay-redcap-wrong-event")), mention=[["month_6_arm_1"], ["month_3_arm_1"]])
    table = redcap(scores("lay-redcap-status-none"))
    for row in table.rows:
        row[5] = "1"
    yield case("lay-redcap-status-none", "no form is complete", "The filter bdi_complete = 2 keeps nothing.", "error", plan={**REDCAP, "require": {"bdi_complete": "2"}}, data=table,
               mention=[["bdi_complete"], ["2", "24"]])


def filters():
    """Values of the plan's filter in another spelling: refused, or kept and reported; a silent loss is wrong."""
    def spelled(id, title, wrong, wanted, *others):
        pairs = scores(id)
        status = [wanted] * 24
        for place, other in zip((3, 10, 15, 20), others):
            status[place] = other
        table = long(pairs).add("status", status)
        defects = [at(place + 2, "status", other.strip() or None) for place, other in zip((3, 10, 15, 20), others)]
        return case(id, title, wrong, "error", "warn", plan={**LONG, "require": {"status": wanted}}, data=table, pairs=pairs, harm="lost rows",
                    defects=defects, mention=[["data.csv"], ["status"], [wanted], [others[0].strip(), "1 row"]])

    yield spelled("lay-where-decimal", "'2.0' where the plan keeps '2'", "A column with an empty cell was read as numbers with decimals on the way.", "2", "2.0", "2.0", "2.0")
    yield spelled("lay-where-case", "'complete' and 'COMPLETE' for 'Complete'", "Typed by several hands.", "Complete", "complete", "COMPLETE")
    yield spelled("lay-where-width", "a full-width '２'", "Two rows were typed with a Japanese keyboard.", "2", "２", "２")
    yield spelled("lay-where-zeros", "'1' for site '01'", "A spreadsheet took the zero away in one row.", "01", "1")
    yield spelled("lay-where-spaces", "spaces inside and around", "'Per  Protocol' and 'PerProtocol'; the spaces around count for nothing.", "Per Protocol", "Per  Protocol", "PerProtocol")
    pairs = scores("lay-where-values")
    rows = []
    for place, (one, pair) in enumerate(zip(names(), pairs)):
        for visit, score in zip(("pre", "post"), pair):
            draft = (("1", "20", "-2", "2.5", "12", "0")[place % 6], str(int(score) + 1))
            rows += [(one, visit, *draft), (one, visit, "2", score)] if place % 2 else [(one, visit, "2", score), (one, visit, *draft)]
    yield case("lay-where-values", "drafts beside the entries that are kept", "Status '20', '-2', '2.5' and '12' are no '2'; nobody loses a visit by the filter.", "ok", plan={**LONG, "require": {"status": "2"}},
               data=Table(("subject", "visit", "status", "bdi"), rows), pairs=pairs)


def lost_visits():
    """Labels outside the plan, where people lost a visit."""
    pairs = scores("lay-long-lost-labels")
    table = long(pairs)
    for line in (5, 11, 23):
        table.set(line, "visit", "early termination")
    table.set(16, "visit", "rescue week")
    yield case("lay-long-lost-labels", "other labels where the post visit is missing", "Three people ended early and one baseline is called 'rescue week': the labels are theirs alone.", "warn", "error", plan=LONG,
               data=table, pairs=[pair for row, pair in enumerate(pairs) if row not in (1, 4, 7, 10)], harm="lost rows", mention=[["early termination"], ["3"], ["rescue week"], ["1"]])
    pairs = scores("lay-long-labels-besides")
    table = long(pairs)
    for place in (2, 5, 9):
        table.rows.append((names()[place], "early termination", "12"))
    yield case("lay-long-labels-besides", "other labels beside both visits", "The three have the post visit, too.", "ok", plan=LONG, data=table, pairs=pairs)


def surveys():
    questions = ("Start Date", "Response ID", "Study code\n(see your letter)", "Before: how much,\nin all, were you\ntroubled?", "After: how much,\nin all, were you\ntroubled?")
    imports = tuple('{"ImportId":"%s"}' % name for name in ("startDate", "_recordId", "QID1_TEXT", "QID2_1", "QID3_1"))
    header = ("StartDate", "ResponseId", "subject", "bdi_pre", "bdi_post")

    def answers(pairs):
        return [("2024-03-01 10:00:00", f"R_{i:03d}", one, *pair) for i, (one, pair) in enumerate(zip(names(), pairs))]

    wide_plan = {"layout": "wide", "subject": "subject", "pre": "bdi_pre", "post": "bdi_post"}
    pairs = scores("lay-qualtrics-declared")
    yield case("lay-qualtrics-declared", "Qualtrics, two records after the header declared", "The question texts hold line breaks: two records are seven lines.", "ok",
               plan={**wide_plan, "skip_records_after_header": 2}, pairs=pairs, files=[File(Table(header, [questions, imports, *answers(pairs)]), more={"skip_records_after_header": 2})])
    pairs = scores("lay-qualtrics-older")
    yield case("lay-qualtrics-older", "an older Qualtrics export, one record declared", "Question texts only, no ImportId.", "ok",
               plan={**wide_plan, "skip_records_after_header": 1}, pairs=pairs, files=[File(Table(header, [questions, *answers(pairs)]), bom=True, more={"skip_records_after_header": 1})])
    table = Table(header, [questions, imports, *answers(scores("lay-qualtrics-bad-cell"))])
    table.rows[6][4] = "2I"
    yield case("lay-qualtrics-bad-cell", "a bad cell in a Qualtrics export", "Record 8 stands on line 13.", "error", plan={**wide_plan, "skip_records_after_header": 2},
               files=[File(table, more={"skip_records_after_header": 2})], defects=[at(13, "bdi_post", "2I")])
    pairs = scores("lay-limesurvey")
    rows = [(str(i), "1980-01-01 00:00:00", one, *pair, "") for i, (one, pair) in enumerate(zip(names(), pairs), 1)]
    rows[3] = (*rows[3][:4], "N/A", "")
    rows[7] = (*rows[7][:4], "", "too tired; called")
    header = ("id. Response ID", "submitdate. Date submitted", "code. Study code", "G1Q1[SUM]. Total before (0-63)", "G2Q1[SUM]. Total after (0-63)", "note. Anything else?")
    yield case("lay-limesurvey", "LimeSurvey export", "';', all quoted, BOM, heading 'code. text'; one 'N/A' (not shown) and one empty (not answered).", "warn", "error",
               plan={"layout": "wide", "subject": header[2], "pre": header[3], "post": header[4]}, files=[File(Table(header, rows), bom=True, separator=";", every=True)],
               pairs=[pair for row, pair in enumerate(pairs) if row not in (3, 7)], mention=[["2", "1"], [header[4]]])
    pairs = scores("lay-google-forms-good")
    rows = [(f"2024/03/0{1 + (i % 9)} 10:00:00 AM GMT+9", one, "Before" if k == 0 else "After", pair[k]) for k in (0, 1) for i, (one, pair) in enumerate(zip(names(), pairs))]
    question = "How much were you troubled (0 to 63, \"BDI\")?"
    yield case("lay-google-forms-good", "Google Forms export", "The header is a question with a comma and quotes; all before answers, then all after answers.", "ok",
               plan={"layout": "long", "subject": "Study number", "visit": "Time point", "value": question, "pre_visit": "Before", "post_visit": "After"},
               pairs=pairs, files=[File(Table(("Timestamp", "Study number", "Time point", question), rows), newline="crlf")])
    pairs = scores("lay-ms-forms-wide")
    rows = [(str(i), "3/1/2024 10:00", "anonymous", one, *pair, "Walking;Reading, mostly;") for i, (one, pair) in enumerate(zip(names(), pairs), 1)]
    header = ("ID", "Start time", "Email", "Study code?", "Total before\u00a0", "Total after", "What do you like? (several)")
    yield case("lay-ms-forms-wide", "Microsoft Forms export", "Answers of several choices end with ';'; a no-break space stands behind a question.", "ok", "warn",
               plan={"layout": "wide", "subject": "Study code?", "pre": "Total before", "post": "Total after"}, pairs=pairs, files=[File(Table(header, rows), bom=True, newline="crlf")])


def trial_systems():
    pairs = scores("lay-castor-codes")
    rows = [(f"UMC-{i:04d}", "Not Locked", "UMC", *pair) for i, pair in enumerate(pairs, 1)]
    rows[4] = (*rows[4][:4], "-97")
    rows[9] = (*rows[9][:4], "-99")
    yield case("lay-castor-codes", "Castor export with user-missing values", "';', quoted, one column per visit; -97 and -99 declared.", "warn",
               plan={"layout": "wide", "subject": "Participant Id", "pre": "bdi_total_baseline", "post": "bdi_total_3m", "separator": ";", "missing": ["-95", "-96", "-97", "-98", "-99"]},
               files=[File(Table(("Participant Id", "Participant Status", "Site Abbreviation", "bdi_total_baseline", "bdi_total_3m"), rows), separator=";", newline="crlf", every=True)],
               pairs=[pair for row, pair in enumerate(pairs) if row not in (4, 9)], mention=[["2"]])
    pairs = scores("lay-openclinica")
    top = ["Dataset Name:\tbdi_pairs", "Dataset Description:\tBDI, baseline and month 3", "Study Event Definition 1\tBaseline\tE1", "CRF\tBDI v1\tC1", "Study Event Definition 2\tMonth 3\tE2", "CRF\tBDI v1\tC1", ""]
    table = Table(("Study Subject ID", "Protocol ID", "BDI_TOT_E1_C1", "BDI_TOT_E2_C1"), [(one, "P-1", *pair) for one, pair in zip(names(12, "OC-{:02d}"), pairs)])
    yield case("lay-openclinica", "OpenClinica 3 export", "Tab separated; a reference table stands above the header, which is on line 8.", "ok",
               plan={"layout": "wide", "subject": "Study Subject ID", "pre": "BDI_TOT_E1_C1", "post": "BDI_TOT_E2_C1", "separator": "\t", "header_line": 8},
               pairs=pairs, files=[File(top + table.lines("\t"), separator="\t", header_line=8)])
    pairs = scores("lay-spss-csv")
    rows = [(one, *pair, "1") for one, pair in zip(names(), pairs)]
    rows[2] = (rows[2][0], rows[2][1], "#NULL!", "1")
    rows[6] = (rows[6][0], rows[6][1], " ", "1")
    yield case("lay-spss-csv", "a CSV that SPSS wrote", "BOM, ';', '#NULL!' (declared) and a blank for system-missing.", "warn",
               plan={"layout": "wide", "subject": "subject", "pre": "bdi_pre", "post": "bdi_post", "separator": ";", "missing": ["#NULL!"]},
               files=[File(Table(("subject", "bdi_pre", "bdi_post", "filter_$"), rows), bom=True, separator=";", newline="crlf")],
               pairs=[pair for row, pair in enumerate(pairs) if row not in (2, 6)], mention=[["2", "1"], ["bdi_post"]])
