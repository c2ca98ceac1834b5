"""Writes cases as folders of case.toml and data files."""
import hashlib
import json


def text(value):
    """A TOML basic string; what does not show on a screen is escaped."""
    body = json.dumps(value, ensure_ascii=False)
    return "".join(shown(c) for c in body)


def shown(c):
    if c == " " or c.isprintable():
        return c
    return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"


def key(name):
    bare = name and all(c.isascii() and (c.isalnum() or c in "_-") for c in name)
    return name if bare else text(name)


def value(what):
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, str):
        return text(what)
    if isinstance(what, dict):
        return "{ " + ", ".join(f"{key(k)} = {value(v)}" for k, v in what.items()) + " }"
    if isinstance(what, (list, tuple)):
        return "[" + ", ".join(map(value, what)) + "]"
    return repr(what)


def section(head, pairs):
    return [head] + [f"{key(k)} = {value(v)}" for k, v in pairs.items()] + [""]


def about(file):
    """The [[file]] table."""
    data = file.bytes()
    fixed = {"name": file.name, "encoding": file.encoding, "bom": file.bom, "separator": file.separator,
             "newline": file.newline, "decimal": file.decimal, "header_line": file.header_line}
    return fixed | file.more | {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def toml(case):
    head = {"format": 1, "id": case.id, "set": "more", "category": case.category, "title": case.title, "wrong": case.wrong,
            "expect": case.expect, "also_accept": case.also, "harm": case.harm, "sources": case.sources}
    lines = ["# one case of the bad-input corpus; keys are explained in KEYS.md"]
    lines += [f"{k} = {value(v)}" for k, v in head.items()] + [""]
    lines += section("[plan]", case.plan)
    for file in case.files:
        lines += section("[[file]]", about(file))
    if case.expected:
        lines += section("[expected]", case.expected)
    for defect in case.defects:
        lines += section("[[defect]]", defect)
    lines += section("[message]", {"must_mention": case.mention})
    if case.output:
        lines += section("[output]", case.output)
    if case.limits:
        lines += section("[limits]", case.limits)
    return "\n".join(lines[:-1]) + "\n"


def index(cases):
    rows = ["# Bad-input cases, set `more`", "", "| id | expect (also) | what is wrong, in short |", "| --- | --- | --- |"]
    for case in cases:
        also = f" ({', '.join(case.also)})" if case.also else ""
        title = case.title.replace("|", "\\|")
        rows.append(f"| {case.id} | {case.expect}{also} | {title} |")
    return "\n".join(rows) + "\n"


def contents(cases):
    """Every path below the set's folder, and its bytes."""
    yield "INDEX.md", index(cases).encode()
    for case in cases:
        yield f"{case.id}/case.toml", toml(case).encode()
        for file in case.files:
            yield f"{case.id}/{file.name}", file.bytes()


def everything(folder, cases):
    for path, data in contents(cases):
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


def differing(folder, cases):
    """What is on disk otherwise than generated, absent, or left over."""
    wanted = dict(contents(cases))
    out = [path for path, data in wanted.items() if not (folder / path).is_file() or (folder / path).read_bytes() != data]
    kept = {str(path.relative_to(folder)) for path in folder.glob("*/*")}
    return out + sorted(kept - set(wanted))
