//! The one drawing path: SVG, PNG and PDF of any figure.

use std::path::Path;

use prepost::figure::theme::{INK, POST};
use prepost::figure::{Anchor, Figure, Fonts, Mark, Shape, Size, Stroke, Weight, draw, render};
use prepost::plan::Format;
use resvg::usvg::roxmltree;

const HOSTILE: &str = "<script>alert(1)</script> ]]> & \" ' \u{0}\u{8}\u{202e}\u{200f}\u{fffe} x";

fn text(text: &str) -> Mark {
    Mark::Text { role: "label", x: 2.0, y: 10.0, text: text.into(), size: 3.0, weight: Weight::Regular, anchor: Anchor::Start, fill: INK }
}

fn sample(label: &str) -> Figure {
    let stroke = Stroke { paint: POST.with_opacity(0.5), width: 0.35, dash: Some((1.0, 0.5)) };
    Figure {
        id: "sample".into(),
        title: label.into(),
        alt_text: format!("{label}: nothing"),
        caption: String::new(),
        size: Size { width: 89.0, height: 60.25 },
        marks: vec![
            Mark::Line { role: "person", points: vec![(1.0, 2.0), (3.456, 4.0)], stroke },
            Mark::Rect { role: "bar", x: 10.0, y: 10.0, width: 5.0, height: 8.0, fill: Some(POST), stroke: None },
            Mark::Point { role: "mean", x: 30.0, y: 20.0, radius: 1.0, shape: Shape::Circle, fill: INK },
            Mark::Point { role: "up", x: 40.0, y: 20.0, radius: 1.0, shape: Shape::TriangleUp, fill: INK },
            Mark::Polygon { role: "density", points: vec![(50.0, 20.0), (55.0, 20.0), (52.0, 30.0)], fill: POST },
            text(label),
        ],
        notes: Vec::new(),
    }
}

#[test]
fn svg_is_well_formed_and_has_title_description_and_size() {
    let svg = draw::svg(&sample("plain"));
    let document = roxmltree::Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("width"), Some("89mm"));
    assert_eq!(root.attribute("height"), Some("60.25mm"));
    assert_eq!(root.attribute("viewBox"), Some("0 0 8900 6025"));
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("aria-labelledby"), Some("sample-title sample-desc"));
    let by_id = |id: &str| document.descendants().find(|node| node.attribute("id") == Some(id)).and_then(|node| node.text());
    assert_eq!(by_id("sample-title"), Some("plain"));
    assert_eq!(by_id("sample-desc"), Some("plain: nothing"));
    let person = document.descendants().find(|node| node.attribute("class") == Some("person")).unwrap();
    assert_eq!(person.attribute("points"), Some("100,200 346,400"));
    assert_eq!(person.attribute("stroke-dasharray"), Some("100 50"));
    assert_eq!(person.attribute("stroke-opacity"), Some("0.5"));
}

#[test]
fn hostile_text_is_inert() {
    let figure = sample(HOSTILE);
    let svg = draw::svg(&figure);
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
    let label = document.descendants().find(|node| node.attribute("class") == Some("label")).and_then(|node| node.text());
    assert_eq!(label, Some("<script>alert(1)</script> ]]> & \" ' x"));
    let fonts = Fonts::embedded();
    assert!(render(&figure, Format::Png, 100, &fonts).is_ok());
    assert!(render(&figure, Format::Pdf, 100, &fonts).is_ok());
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let figure = sample("Δ mean −5.2 ≤ 3");
    for format in [Format::Svg, Format::Png, Format::Pdf] {
        let first = render(&figure, format, 150, &Fonts::embedded()).unwrap();
        assert_eq!(first, render(&figure, format, 150, &Fonts::embedded()).unwrap(), "{format:?}");
    }
}

#[test]
fn png_has_the_physical_size_and_says_so() {
    let slide = Figure { size: Size { width: 338.7, height: 190.5 }, ..sample("slide") };
    let bytes = render(&slide, Format::Png, 144, &Fonts::embedded()).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1920, 1080));
    assert_eq!(reader.info().pixel_dims.map(|dims| dims.xppu), Some(5669));
    assert!(render(&slide, Format::Png, 0, &Fonts::embedded()).is_err());
    assert!(render(&slide, Format::Png, u32::MAX, &Fonts::embedded()).is_err());
}

#[test]
fn characters_without_a_font_are_named() {
    let fonts = Fonts::embedded();
    assert!(fonts.warnings(&sample("Größe ≥ 5, µ ± σ, 5 → 3")).is_empty());
    // A private-use character that no font should have.
    let warnings = fonts.warnings(&sample("odd \u{10fffd}"));
    assert!(warnings.iter().all(|warning| warning.contains("U+10FFFD") || warning.contains("of this system")), "{warnings:?}");
}

/// The rightmost column with ink of a text on its own, in millimetres.
fn ink_ends(words: &str) -> f64 {
    let figure = Figure { marks: vec![text(words)], ..sample("") };
    let bytes = render(&figure, Format::Png, 254, &Fonts::embedded()).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let width = reader.next_frame(&mut pixels).unwrap().width as usize;
    let last = pixels.iter().enumerate().filter(|(_, value)| **value < 128).map(|(i, _)| i / 3 % width).max();
    last.unwrap() as f64 / 10.0
}

#[test]
fn spacing_accents_take_their_width() {
    // At 3 mm a backtick is 0.58 em and an acute the same.
    let bare = ink_ends("cc");
    for accents in ["c```c", "c´´´c", "c¨¨¨c"] {
        assert!((ink_ends(accents) - bare - 3.0 * 3.0 * 0.58).abs() < 0.2, "{accents}: {} and {bare}", ink_ends(accents));
    }
    // A mark that combines takes none.
    assert!((ink_ends("cc\u{304}c") - ink_ends("ccc")).abs() < 0.2);
}

#[test]
fn a_font_of_the_system_is_named_and_leaves_other_letters_alone() {
    let fonts = Fonts::embedded();
    let figure = sample("抑うつ");
    let warnings = fonts.warnings(&figure);
    assert_eq!(warnings.len(), 1, "either a font of this system draws it or none: {warnings:?}");
    assert!(warnings[0].contains("--font FILE"), "{warnings:?}");
    if warnings[0].contains("of this system") {
        assert!(warnings[0].contains("depend on this machine"), "{warnings:?}");
    }
    assert!(!draw::svg(&figure).contains("stand-in"), "a viewer of SVG has fonts of its own");
}

#[test]
fn japanese_and_korean_are_drawn_where_a_font_is_at_hand() {
    let fonts = Fonts::embedded();
    let figure = sample("抑うつ尺度 우울 척도");
    if !fonts.warnings(&figure).iter().any(|warning| warning.contains("no font has")) {
        let bytes = render(&figure, Format::Png, 150, &fonts).unwrap();
        assert_ne!(bytes, render(&sample("抑うつ尺度 우울"), Format::Png, 150, &fonts).unwrap());
        assert!(render(&figure, Format::Pdf, 150, &fonts).is_ok());
    }
}

#[test]
fn a_font_file_that_is_none_is_refused() {
    assert!(Fonts::with_files(&[Path::new("Cargo.toml").into()]).is_err());
    assert!(Fonts::with_files(&[Path::new("no-such-font.ttf").into()]).is_err());
}
