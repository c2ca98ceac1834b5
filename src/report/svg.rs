//! Which SVG may stand inside the page.

use std::collections::BTreeSet;

/// What a drawing has no need of, and what would act on the page around it.
const UNWELCOME: [&str; 8] = ["<script", "<style", "<foreignobject", "<iframe", "<animate", "<set", "javascript:", "<!entity"];

/// The `<svg>` element of `text` if it is one drawing, holds nothing that acts on the page, and shares no id with `taken`; its ids are
/// then taken. Everything else goes into the page as an image, where it can neither act nor collide.
pub(super) fn inline<'a>(text: &'a str, taken: &mut BTreeSet<String>) -> Option<&'a str> {
    let start = text.find("<svg")?;
    let element = text[start..].trim_end();
    let lower = element.to_ascii_lowercase();
    let one_drawing = lower.ends_with("</svg>") && lower.matches("</svg").count() == 1;
    if !one_drawing || UNWELCOME.iter().any(|word| lower.contains(word)) || has_handler(&lower) || has_outside_link(&lower) {
        return None;
    }
    let ids: Vec<String> = element.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned()).collect();
    if ids.iter().any(|id| taken.contains(id)) {
        return None;
    }
    taken.extend(ids);
    Some(element)
}

/// How many millimetres wide the drawing may stand on the page: half as much again as on paper, so that its type reads like that of the
/// page; `None` where it has no physical width.
pub(super) fn width(text: &str) -> Option<u32> {
    let head = text[text.find("<svg")?..].split_once('>')?.0;
    let millimetres = head.split_once(" width=\"")?.1.split_once("mm\"")?.0;
    let whole: u32 = millimetres.split('.').next()?.parse().ok()?;
    (whole <= 1000).then_some(whole * 3 / 2)
}

/// A `data:` address of the drawing.
pub(super) fn data_uri(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    out.push_str("data:image/svg+xml;charset=utf-8,");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b',' | b'=' | b' ') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An attribute such as `onload=`.
fn has_handler(lower: &str) -> bool {
    lower.match_indices(" on").any(|(at, _)| {
        let name = lower[at + 3..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        name.starts_with('=') || name.starts_with(" =")
    })
}

/// A link or picture that is not a part of the drawing itself.
fn has_outside_link(lower: &str) -> bool {
    lower.match_indices("href=\"").any(|(at, found)| !lower[at + found.len()..].starts_with('#'))
        || lower.match_indices("href='").any(|(at, found)| !lower[at + found.len()..].starts_with('#'))
        || lower.match_indices("url(").any(|(at, found)| !lower[at + found.len()..].starts_with(['#', '"', '&']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_drawing_stands_inside_once() {
        let mut taken = BTreeSet::new();
        let text = "<?xml version=\"1.0\"?>\n<svg id=\"a\"><title>t</title></svg>\n";
        assert_eq!(inline(text, &mut taken), Some("<svg id=\"a\"><title>t</title></svg>"));
        assert_eq!(inline(text, &mut taken), None, "its id is taken");
    }

    #[test]
    fn what_acts_or_loads_does_not() {
        for bad in [
            "<svg><script>1</script></svg>",
            "<svg onload=\"x\"></svg>",
            "<svg><image href=\"http://x\"/></svg>",
            "<svg><style>*{}</style></svg>",
            "<svg></svg><p></svg>",
            "<p>",
        ] {
            assert_eq!(inline(bad, &mut BTreeSet::new()), None, "{bad}");
        }
        assert!(!data_uri("<svg onload=\"x\">").contains(['<', '"']));
    }
}
