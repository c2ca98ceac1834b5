"""Bytes: encodings declared and not, byte-order marks, damage."""
from ..case import WIDE, TWO, File, at, case
from ..data import names, scores, two, wide

JA = ("被験者番号", "介入前得点", "介入後得点")


def plan(header, **more):
    return {"layout": "wide", "subject": header[0], "pre": header[1], "post": header[2], **more}


def cases():
    yield from declared()
    yield from undeclared()
    yield from marks()
    yield from damage()


def declared():
    pairs = scores("enc-cp932-declared")
    yield case("enc-cp932-declared", "Japanese Excel CSV (CP932)", "Saved as 'CSV' by Japanese Excel; encoding stated in the plan.", "ok",
               plan=plan(JA, encoding="cp932"), pairs=pairs, files=[File(wide(pairs, names(12, "患者{:02d}"), JA), encoding="cp932", newline="crlf")])
    half = ("ID", "ﾍﾞｯｸ前", "ﾍﾞｯｸ後")
    pairs = scores("enc-cp932-halfwidth")
    yield case("enc-cp932-halfwidth", "half-width katakana in the header (CP932)",
               "'ﾍﾞｯｸ' is single-byte katakana; the plan writes it the same way. Bytes A1-DF are letters of windows-1252 too.", "ok",
               plan=plan(half, encoding="shift_jis"), pairs=pairs, files=[File(wide(pairs, header=half), encoding="cp932", newline="crlf")])
    trail = ("番号", "表_前", "能力_後")
    pairs = scores("enc-cp932-trail-bytes")
    yield case("enc-cp932-trail-bytes", "CP932 characters whose second byte is a backslash or a pipe",
               "'表' is 95 5C and 'ポ' is 83 7C: a byte-wise reader sees an escape or a separator.", "ok",
               plan=plan(trail, encoding="cp932", separator="|"), pairs=pairs,
               files=[File(wide(pairs, names(12, "ポ{:02d}"), trail), encoding="cp932", newline="crlf", separator="|")])
    pairs = scores("enc-eucjp-declared")
    yield case("enc-eucjp-declared", "EUC-JP, declared", "An export of an older Unix system; encoding stated in the plan.", "ok",
               plan=plan(JA, encoding="euc-jp"), pairs=pairs, files=[File(wide(pairs, header=JA), encoding="euc-jp")])
    zh = ("受试者编号", "治疗前", "治疗后")
    pairs = scores("enc-gbk-declared")
    yield case("enc-gbk-declared", "Chinese Excel CSV (GBK)", "Saved as 'CSV' by Chinese Excel; encoding stated in the plan.", "ok",
               plan=plan(zh, encoding="gbk"), pairs=pairs, files=[File(wide(pairs, names(12, "患者{:02d}"), zh), encoding="gbk", newline="crlf")])
    de = ("Prüfnummer", "Wert (früh)", "Wert (spät)")
    pairs = [(f"{a}.5", f"{b}.25") for a, b in scores("enc-1252-declared", fall=(0, 16))]
    comma = [(a.replace(".", ","), b.replace(".", ",")) for a, b in pairs]
    people = ["Müller", "Möller", "Großmann", "Jäger"] + names(8, "Patient {:02d}")
    yield case("enc-1252-declared", "German Excel CSV (windows-1252, ';', decimal comma)", "All stated in the plan; two ids differ in one umlaut.", "ok",
               plan=plan(de, encoding="windows-1252", separator=";", decimal=","), pairs=pairs,
               files=[File(wide(comma, people, de), encoding="windows-1252", newline="crlf", separator=";", decimal=",")])


def undeclared():
    de = ("Prüfnummer", "Vorher", "Nachher")
    pairs = scores("enc-1252-undeclared")
    yield case("enc-1252-undeclared", "windows-1252 header, encoding not declared", "The only byte above 7F is the FC of 'Prüfnummer'.", "error", "ok", "warn",
               plan=plan(de), pairs=pairs, files=[File(wide(pairs, header=de), encoding="windows-1252", newline="crlf")],
               mention=[["data.csv"], ["1"], ["1252", "8859-1", "latin1", "Latin-1"]])
    pairs = scores("enc-cp932-late", n=1000)
    table = wide(pairs, names(1000, "P{:04d}")).add("memo", [""] * 1000)
    table.set(901, "memo", "退院後に記入")
    yield case("enc-cp932-late", "the first kanji stands in row 900", "CP932, not declared: the first 12 kB are ASCII, so a detector that looks at a sample says UTF-8.",
               "error", "ok", "warn", pairs=pairs, files=[File(table, encoding="cp932", newline="crlf")],
               mention=[["data.csv"], ["901"], ["Shift_JIS", "shift_jis", "shift-jis", "cp932", "CP932", "windows-31j"]])
    pairs = scores("enc-utf16be-nobom-crlf")
    yield case("enc-utf16be-nobom", "UTF-16BE without BOM", "Every first byte is NUL. Reading it right or refusing are both safe.", "ok", "error",
               pairs=pairs, files=[File(wide(pairs), encoding="utf-16-be", newline="crlf")], mention=[["data.csv"]])


def marks():
    pairs = scores("enc-utf16le-unicode-text")
    yield case("enc-utf16le-unicode-text", "Excel 'Unicode Text'", "UTF-16LE with BOM, tabs, CRLF, Japanese header.", "ok",
               plan=plan(JA), pairs=pairs, files=[File(wide(pairs, header=JA), encoding="utf-16-le", bom=True, newline="crlf", separator="\t")])
    pairs = scores("enc-bom-quoted-header")
    yield case("enc-bom-quoted-header", "BOM before a quoted header", "The first cell is U+FEFF and then '\"subject\"': a reader that strips too late sees a stray quote.", "ok",
               pairs=pairs, files=[File(wide(pairs), bom=True, newline="crlf", every=True)])
    pairs = scores("enc-bom-in-one-file")
    pre, post = two(pairs)
    yield case("enc-bom-in-one-file", "only the follow-up file has a BOM", "pre.csv is plain UTF-8, post.csv was re-saved by Excel (BOM, CRLF).", "ok",
               plan=TWO, pairs=pairs, files=[File(pre, name="pre.csv"), File(post, name="post.csv", bom=True, newline="crlf")])


def damage():
    pairs = scores("enc-declared-other")
    yield case("enc-declared-other", "the plan says CP932, the bytes are UTF-8",
               "The file was re-saved since the plan was written. The names of the plan are not found in the mojibake; UTF-8 that decodes strictly may also be read.",
               "error", "ok", "warn", plan=plan(JA, encoding="cp932"), pairs=pairs, files=[File(wide(pairs, header=JA), newline="crlf")], mention=[["data.csv"]])
    yield case("enc-declared-utf8", "the plan says UTF-8, the bytes are CP932", "The header does not decode.", "error",
               plan=plan(JA, encoding="utf-8"), files=[File(wide(scores("enc-declared-utf8"), header=JA), encoding="cp932", newline="crlf")],
               defects=[at(1)])
    yield case("enc-cp932-truncated", "declared CP932, cut in the middle of a character", "The last byte of the file is the first half of a kanji: rows may be missing too.", "error",
               plan={**WIDE, "encoding": "cp932"},
               files=[File("\r\n".join(wide(scores("enc-cp932-truncated", n=9)).lines() + ["鈴"]).encode("cp932")[:-1], encoding="cp932", newline="crlf")],
               defects=[at(11)])
    table = wide(scores("enc-nul-in-score")).set(6, "bdi_post", "1\x004")
    yield case("enc-nul-in-score", "a NUL byte inside a score", "'1', NUL, '4': C readers stop at the NUL and take 1.", "error", data=table,
               defects=[at(6, "bdi_post")], mention=[["data.csv"], ["6"]])
    table = wide(scores("enc-replacement-id")).set(5, "subject", "Bj�rk")
    yield case("enc-replacement-id", "a replacement character in one id", "'Bj\ufffdrk': the letter is lost, and with it the identity.", "error", data=table,
               defects=[at(5, "subject")], mention=[["data.csv"], ["5"]])
    table = wide(scores("enc-utf8-as-1252"))
    table.header[0] = "被験者"
    lines = [line.encode("utf-8").decode("latin-1") for line in table.lines()]
    yield case("enc-mojibake-header", "UTF-8 that was saved as UTF-8 again", "Valid UTF-8, but the header shows 'è¢«é¨...': the name of the plan is not there.", "error",
               plan=plan(("被験者", "bdi_pre", "bdi_post")), data=lines, defects=[at(1, "被験者")], mention=[["data.csv"], ["被験者"]])
