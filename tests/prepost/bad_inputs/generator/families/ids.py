"""Subjects: near misses, duplicates, losses."""
from ..case import LONG, TWO, File, at, case
from ..data import long, names, scores, two, wide


def joined(pre, post, **about):
    return [File(pre, name="pre.csv", **about), File(post, name="post.csv", **about)]


def changed(ids, **at_place):
    """The ids with some replaced: `_3="x"` replaces the third."""
    out = list(ids)
    for place, new in at_place.items():
        out[int(place[1:]) - 1] = new
    return out


def cases():
    yield from near_misses()
    yield from invisible()
    yield from distinct()
    yield from duplicates()
    yield from losses()


def near_misses():
    """The same people under two spellings: matched with a warning, or refused; an inner join that loses them is wrong."""
    def near(id, title, wrong, ids, post_ids, *words):
        pairs = scores(id)
        lost = [place for place, (a, b) in enumerate(zip(ids, post_ids)) if a != b]
        first = lost[0]
        return case(id, title, wrong, "error", "warn", plan=TWO, files=joined(*two(pairs, ids, post_ids)), pairs=pairs, harm="lost rows",
                    defects=[at(first + 2, "subject", post_ids[first], "post.csv", len(lost))],
                    mention=[[str(len(lost))], [ids[first], post_ids[first], *words]])

    ids = names(12, "S-{:02d}")
    yield near("ids-hyphen-kinds", "U+2011 for the hyphen in four ids", "Word processors put a no-break hyphen.", ids,
               changed(ids, _2="S\u201102", _5="S\u201105", _6="S\u201106", _11="S\u201111"))
    ids = names(12, "A{:03d}")
    yield near("ids-letter-o", "letter O for zero in two ids", "'A0O7' and 'AO10' were typed by hand.", ids, changed(ids, _7="A0O7", _10="AO10"))
    ids = names(12, "{:04d}")
    yield near("ids-leading-zeros-lost", "leading zeros lost in five ids", "Half of post.csv went through a spreadsheet: '3' for '0003'.", ids,
               changed(ids, _3="3", _4="4", _5="5", _9="9", _12="12"))
    ids = names(12, "10{:02d}")
    yield near("ids-float-some", "four ids became floats", "'1003.0' for '1003': a column with an empty id in pandas.", ids,
               changed(ids, _3="1003.0", _4="1004.0", _8="1008.0", _9="1009.0"))
    ids = names(12, "North {:02d}")
    yield near("ids-nbsp-inside", "a no-break space inside two ids", "'North\u00a004' and 'North 04' look the same.", ids, changed(ids, _4="North\u00a004", _9="North\u00a009"))
    ids = names(12)
    yield near("ids-thin-space-end", "a thin space behind two ids", "U+2009 is no space that anybody trims by hand.", ids, changed(ids, _2="S02\u2009", _6="S06\u2009"))
    yield near("ids-hangul-filler", "a blank Hangul letter behind two ids", "U+3164 takes a place on the screen and shows nothing.", ids, changed(ids, _3="S03\u3164", _7="S07\u3164"))
    yield near("ids-vertical-tab", "a vertical tab behind two ids", "Excel's line break inside a cell, as some programs export it.", ids, changed(ids, _3="S03\u000b", _9="S09\u000b"))
    ids = names(12, "A\uff5e{:02d}")
    yield near("ids-wave-dash", "a wave dash for a full-width tilde", "CP932 has one character that programs turn into U+301C or U+FF5E.", ids,
               changed(ids, _2="A\u301c02", _8="A\u301c08", _12="A\u301c12"))
    ids = names(12, "ab{:02d}")
    yield near("ids-case-and-width", "case and width differ at once", "'ＡＢ０２' and 'AB07'.", ids, changed(ids, _2="ＡＢ０２", _7="AB07"))
    ids = names()
    yield near("ids-quotes-single", "single quotes around three ids", "post.csv was pasted from a list of quoted ids.", ids, changed(ids, _2="'S02'", _5="'S05'", _9="'S09'"))
    yield near("ids-quotes-typographic", "typographic quotes around two ids", "A word processor made “S03” of it.", ids, changed(ids, _3="“S03”", _8="‘S08’"))
    yield near("ids-quotes-inside", "quotes as part of two ids", "Quoted twice on the way: the cell holds the quotes.", ids, changed(ids, _4='"S04"', _10='"S10"'))
    yield near("ids-backtick", "a backtick before two ids", "A slip on the keyboard beside the 1.", ids, changed(ids, _1="`S01", _6="`S06"))
    yield near("ids-trailing-dot", "dots and a comma after ids", "Cut from a sentence: 'S02.', 'S07,', 'S11.'.", ids, changed(ids, _2="S02.", _7="S07,", _11="S11."))
    ids = names(12, "A{:02d}")
    yield near("ids-cyrillic", "a Cyrillic letter in two ids", "'А04' begins with U+0410: typed with the other keyboard.", ids, changed(ids, _4="\u041004", _9="\u041009"))
    yield near("ids-greek", "a Greek letter in an id", "'Α06' begins with U+0391.", ids, changed(ids, _6="\u039106"))
    pairs = scores("ids-case-long")
    table = long(pairs).set(11, "subject", "s05").set(17, "subject", "s08")
    yield case("ids-case-long", "case differs between the visits of one file", "'S05' at pre, 's05' at post: two people who each lack a visit, or one.", "error", "warn",
               plan=LONG, data=table, pairs=pairs, harm="lost rows", defects=[at(11, "subject", "s05"), at(17, "subject", "s08")],
               mention=[["2"], ["s05", "S05"]])


def invisible():
    pairs = scores("ids-ideographic-trailing")
    ids = names()
    yield case("ids-ideographic-trailing", "a full-width space after three ids", "Trimming ends it; the ids are then equal.", "warn", "ok", "error", plan=TWO, pairs=pairs,
               files=joined(*two(pairs, ids, changed(ids, _1="S01\u3000", _6="S06\u3000", _8="S08\u3000"))), mention=[["3"]])
    pairs = scores("ids-bom-inside")
    yield case("ids-bom-inside", "a byte-order mark before an id", "post.csv was joined from two files with BOM: U+FEFF stands before 'S07'.", "warn", "error", plan=TWO, pairs=pairs,
               harm="lost rows", files=joined(*two(pairs, ids, changed(ids, _7="\ufeffS07"))), mention=[["1"]])
    pairs = scores("ids-soft-hyphen")
    yield case("ids-soft-hyphen", "invisible marks inside ids", "U+00AD and U+200D inside two ids of post.csv: on screen they are equal.", "warn", "error", plan=TWO, pairs=pairs,
               harm="lost rows", files=joined(*two(pairs, ids, changed(ids, _3="S\u00ad03", _4="S0\u200d4"))), mention=[["2"]])


def distinct():
    """Spellings that are near, but each has its own full pair: people of their own."""
    for id, title, wrong, some in (
        ("ids-case-distinct", "'ab', 'Ab' and 'AB' are three people", "Each has both scores in one row.", ("ab", "Ab", "AB")),
        ("ids-exponent", "'1e3', '1000' and '1000.0' are three people", "Ids read as numbers collapse to one.", ("1e3", "1000", "1000.0")),
        ("ids-sign", "'+5', '5' and '-5' are three people", "Ids are text.", ("+5", "5", "-5")),
    ):
        pairs = scores(id)
        yield case(id, title, wrong, "ok", "warn", data=wide(pairs, [*some, *names(9, "P{:02d}")]), pairs=pairs)
    pairs = scores("ids-apostrophes")
    people = ["O'Brien", "D'Angelo", "O’Neill", "Dr. A.", "St. J.", "J. R.", *names(6)]
    yield case("ids-apostrophes", "apostrophes and dots that belong to names", "Each is written alike in both files.", "ok", plan=TWO, files=joined(*two(pairs, people)), pairs=pairs)
    pairs = scores("ids-cyrillic-all")
    yield case("ids-cyrillic-all", "ids in Cyrillic letters throughout", "'АВС-01' and so on in both files: nothing is mixed.", "ok", plan=TWO, pairs=pairs,
               files=joined(*two(pairs, names(12, "\u0410\u0412\u0421-{:02d}"))))
    pairs = scores("ids-words")
    ids = ["NA", "None", "null", "TRUE", "007", "1/2", *names(6)]
    yield case("ids-words", "ids that look like missing values, dates, booleans", "'NA' may be a person's initials: the list of missing words is for scores. Counting it as no id is reported or refused.",
               "ok", "warn", "error", data=wide(pairs, ids), pairs=pairs, mention=[["data.csv"]])


def duplicates():
    pairs = scores("ids-duplicate-in-pre")
    pre, post = two(pairs)
    pre.insert(11, ("S03", "45"))
    yield case("ids-duplicate-in-pre", "an id twice in the pre file", "S03 stands on lines 4 and 11 with other scores.", "error", plan=TWO, files=joined(pre, post),
               defects=[at(4, "subject", "S03", "pre.csv"), at(11, "subject", "S03", "pre.csv")], mention=[["pre.csv"], ["S03"], ["4"], ["11"]])
    pairs = scores("ids-three-times")
    table = wide(pairs)
    table.insert(8, table.rows[2]).insert(12, table.rows[2])
    yield case("ids-three-times", "one row three times, equal", "S03 stands on lines 4, 8 and 12.", "error", "warn", data=table, pairs=pairs,
               defects=[at(4, "subject", "S03"), at(8, "subject", "S03"), at(12, "subject", "S03")], mention=[["data.csv"], ["S03"], ["8", "12"]])
    ids = changed(names(12, "1.2{:03d}E+11"), _8="1.2003E+11")
    yield case("ids-excel-scientific", "long ids in scientific notation", "Excel cut twelve-digit ids to '1.2003E+11': two people have it now.", "error",
               data=wide(scores("ids-excel-scientific"), ids), defects=[at(4, "subject", "1.2003E+11"), at(9, "subject", "1.2003E+11")], mention=[["data.csv"], ["1.2003E+11"], ["4"], ["9"]])
    ids = changed(names(), _9="S02 ")
    yield case("ids-duplicate-after-trim", "equal after trimming", "'S02' and 'S02 ' with other scores in one file.", "error", data=wide(scores("ids-duplicate-after-trim"), ids),
               defects=[at(3, "subject", "S02"), at(10, "subject", "S02")], mention=[["data.csv"], ["S02"], ["3"], ["10"]])
    ids = changed(names(), _2="Zoë", _6="Zoe\u0308")
    yield case("ids-duplicate-after-nfc", "equal after composition", "'Zoë' composed and decomposed in one file, with other scores.", "error",
               data=wide(scores("ids-duplicate-after-nfc"), ids), defects=[at(3, "subject", "Zoë"), at(7, "subject", "Zoe\u0308")],
               mention=[["data.csv"], ["3"], ["7"]])


def losses():
    pairs = scores("ids-join-loss", n=13)
    pre, post = two(pairs, names(12) + ["X77"])
    pre.drop(14)
    post.drop(10).drop(4)
    yield case("ids-join-loss", "two people without follow-up, one without baseline", "12 in pre.csv, 11 in post.csv, 10 pairs: said with both counts.", "warn", plan=TWO, files=joined(pre, post),
               pairs=[pair for row, pair in enumerate(pairs) if row not in (2, 8, 12)], harm="lost rows", mention=[["10"], ["2"], ["1"], ["pre.csv"], ["post.csv"]])
    pairs = scores("ids-no-overlap-prefix")
    yield case("ids-no-overlap-prefix", "no common id: one file has a prefix", "'TRIAL-01' and '01'.", "error", plan=TWO, harm="lost rows",
               files=joined(*two(pairs, names(12, "TRIAL-{:02d}"), names(12, "{:02d}"))), mention=[["pre.csv", "post.csv"], ["0", "no "]])
    pairs = scores("ids-blank-long")
    table = long(pairs).insert(10, ("", "post", "17"))
    yield case("ids-blank-long", "a score without a subject in a long table", "The id on line 10 is empty.", "error", "warn", plan=LONG, data=table, pairs=pairs, harm="lost rows",
               defects=[at(10, "subject")])
    pairs = scores("ids-reversed-order")
    pre, post = two(pairs)
    post.rows.reverse()
    yield case("ids-reversed-order", "post.csv is sorted the other way", "A reader that pairs by row gets other changes.", "ok", plan=TWO, files=joined(pre, post), pairs=pairs)
