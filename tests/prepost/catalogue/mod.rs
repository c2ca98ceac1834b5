//! The instrument catalogue holds together.

use std::collections::BTreeSet;
use std::path::Path;

use prepost::decimal::Decimal;
use prepost::trial::{Catalogue, Evidence};

#[test]
fn every_file_of_the_folder_is_listed_under_its_own_id() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/trial/instruments");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of instruments")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().trim_end_matches(".toml").to_owned())
        .collect();
    let catalogue = Catalogue::embedded();
    let listed: Vec<String> = catalogue.ids().map(str::to_owned).collect();
    assert_eq!(listed, files.into_iter().collect::<Vec<_>>(), "the list in src/trial/catalogue.rs is that of the folder, in order");
    let parsed: Vec<&str> = catalogue.instruments().iter().map(|instrument| instrument.id.as_str()).collect();
    assert_eq!(parsed, listed, "every file parses, and its id is its name");
    for id in &listed {
        assert_eq!(catalogue.get(id).map(|instrument| &instrument.id), Some(id));
    }
}

#[test]
fn ranges_steps_and_bands_agree() {
    let zero = Decimal::from_integer(0);
    for entry in Catalogue::embedded().instruments() {
        let id = &entry.id;
        assert!(entry.step.is_none_or(|step| step > zero), "{id}");
        let Some(range) = entry.range else {
            assert!(entry.bands.is_empty(), "{id}: bands without a range");
            continue;
        };
        assert!(range.min < range.max, "{id}");
        assert!(entry.range_evidence.is_some(), "{id}: a range says how well it is supported");
        assert!(entry.step.is_none_or(|step| range.max.is_multiple(range.min, step)), "{id}");
        let (Some(first), Some(last)) = (entry.bands.first(), entry.bands.last()) else { continue };
        assert!(entry.bands_evidence.is_some() && entry.bands_source.is_some(), "{id}");
        assert_eq!((first.min, last.max), (range.min, range.max), "{id}: the bands cover the range");
        for band in &entry.bands {
            assert!(band.min <= band.max && !band.label.is_empty(), "{id}");
        }
        // Without a step, bands are written on hundredths.
        let gap = entry.step.or(Decimal::new(1, 2)).map_or(f64::NAN, Decimal::to_f64);
        for two in entry.bands.windows(2) {
            let between = two[1].min.to_f64() - two[0].max.to_f64();
            assert!(between > 0.0 && between <= gap + 1e-9, "{id}: {} to {}", two[0].label, two[1].label);
        }
    }
}

#[test]
fn every_entry_names_its_source() {
    for entry in Catalogue::embedded().instruments() {
        assert!(entry.citation.is_some(), "{}", entry.id);
        assert!(!entry.name.is_empty() && !entry.abbreviation.is_empty() && !entry.domain.is_empty());
        assert!(entry.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'), "{}", entry.id);
        assert!(matches!(entry.evidence, Evidence::Seen | Evidence::Derived | Evidence::Recalled));
    }
}

#[test]
fn names_are_found_however_they_are_spelled() {
    let catalogue = Catalogue::embedded();
    let ids = |name: &str| catalogue.matching(name).iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>();
    for (name, id) in [
        ("bdi2", "bdi2"),
        ("BDI-II", "bdi2"),
        ("ＢＤＩ－Ⅱ", "bdi2"),
        ("phq 9", "phq9"),
        ("HAM-D", "hamd17"),
        ("CES-D", "cesd"),
        ("社会適応自己評価尺度", "sass_j"),
        ("復職準備性評価シート", "prrs"),
        ("職業性ストレス簡易調査票", "bjsq_stress"),
    ] {
        assert_eq!(ids(name), [id], "{name}");
    }
    assert_eq!(ids("SDS"), ["sheehan_ds", "zung_sds"]);
    assert_eq!(ids("WHODAS"), ["whodas12", "whodas36"]);
    assert!(ids("").is_empty() && ids("-").is_empty() && ids("xyz").is_empty());
}

#[test]
fn domains_and_suggestions() {
    let catalogue = Catalogue::embedded();
    assert!(catalogue.by_domain("depression").len() >= 5);
    assert_eq!(catalogue.suggest("madr"), Some("madrs"));
    assert_eq!(catalogue.suggest("qqqqq"), None);
    assert!(catalogue.source("bdi2").is_some_and(|text| text.starts_with("id = \"bdi2\"")));
}
