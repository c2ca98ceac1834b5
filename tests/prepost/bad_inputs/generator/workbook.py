"""Workbooks as small as they can be: `.xlsx` and `.ods` of one sheet, packed without compression so that the bytes depend on nothing."""
import io
import zipfile
from xml.sax.saxutils import escape

PLAIN, BOLD, RAISED, LOWERED, STRUCK, READING = "plain", "bold", "raised", "lowered", "struck", "reading"


def archive(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name, body in parts:
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            out.writestr(info, body)
    return target.getvalue()


def is_number(cell):
    return isinstance(cell, (int, float))


def pieces(cell):
    """A text as its pieces, each with how it is written."""
    return cell if isinstance(cell, list) else [(cell, PLAIN)]


def xlsx(rows, hidden=(), hidden_columns=(), inline=False):
    """`hidden` are row numbers; a cell is a number, a text, or a list of pieces. Texts are shared unless `inline`."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    properties = {
        PLAIN: "", BOLD: "<b/>", RAISED: '<vertAlign val="superscript"/>', LOWERED: '<vertAlign val="subscript"/>', STRUCK: "<strike/>",
    }

    def text(cell):
        if not isinstance(cell, list):
            return f"<t>{escape(cell)}</t>"
        body = ""
        for piece, how in cell:
            if how == READING:
                body += f'<rPh sb="0" eb="1"><t>{escape(piece)}</t></rPh>'
            else:
                body += f'<r><rPr>{properties[how]}<sz val="11"/></rPr><t xml:space="preserve">{escape(piece)}</t></r>'
        return body

    shared = []

    def written(cell, place):
        if cell == "":
            return ""
        if is_number(cell):
            return f'<c r="{place}"><v>{cell}</v></c>'
        if inline:
            return f'<c r="{place}" t="inlineStr"><is>{text(cell)}</is></c>'
        shared.append(text(cell))
        return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'

    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(written(cell, f"{chr(65 + column)}{number}") for column, cell in enumerate(row))
        lines.append(f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in hidden else ""}>{cells}</row>')
    columns = "".join(f'<col min="{column}" max="{column}" width="9" hidden="1"/>' for column in hidden_columns)
    columns = f"<cols>{columns}</cols>" if columns else ""
    return archive([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", relation.format(f"{office}/officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", relation.format(f"{office}/worksheet", "worksheets/sheet1.xml")),
        ("xl/sharedStrings.xml", f'<sst xmlns="{main}">{"".join(f"<si>{one}</si>" for one in shared)}</sst>'),
        ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}">{columns}<sheetData>{"".join(lines)}</sheetData></worksheet>'),
    ])


def ods(rows, hidden=()):
    """The same as an OpenDocument spreadsheet."""
    names = ["office", "style", "text", "table"]
    space = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    properties = {
        BOLD: 'fo:font-weight="bold"', RAISED: 'style:text-position="33% 58%"', LOWERED: 'style:text-position="sub 58%"',
        STRUCK: 'style:text-line-through-style="solid"',
    }
    styles = "".join(f'<style:style style:name="{how}" style:family="text"><style:text-properties {what}/></style:style>' for how, what in properties.items())

    def written(cell):
        if cell == "":
            return "<table:table-cell/>"
        if is_number(cell):
            return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        spans = "".join(escape(piece) if how == PLAIN else f'<text:span text:style-name="{how}">{escape(piece)}</text:span>' for piece, how in pieces(cell))
        return f'<table:table-cell office:value-type="string"><text:p>{spans}</text:p></table:table-cell>'

    lines = "".join(
        f'<table:table-row{" table:visibility=" + chr(34) + "filter" + chr(34) if number in hidden else ""}>{"".join(map(written, row))}</table:table-row>'
        for number, row in enumerate(rows, 1))
    content = (f'<office:document-content {space} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>{styles}</office:automatic-styles>'
               f'<office:body><office:spreadsheet><table:table table:name="Data">{lines}</table:table></office:spreadsheet></office:body></office:document-content>')
    return archive([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
