//! The instrument catalogue holds together.

use std::collections::BTreeSet;
use std::path::Path;

use prepost::decimal::Decimal;
use prepost::trial::{Catalogue, Evidence, Problem, ProblemCode, read_entry};

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

#[test]
fn every_embedded_entry_passes_the_check_of_the_user_s_own() {
    let catalogue = Catalogue::embedded();
    for id in catalogue.ids() {
        let text = catalogue.source(id).expect("a text");
        if let Err(problems) = read_entry(text, &format!("{id}.toml")) {
            panic!("{}", problems.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
}

/// An entry with every key.
const OWN: &str = r#"id = "mine"
name = "My scale"
abbreviation = "MS"
name_ja = "私の尺度"
aliases = ["MYS"]
domain = "depression"
direction = "lower"
range = { min = 0, max = 20 }
range_evidence = "derived"
step = 1
unit = "points"
bands = [{ label = "low", min = 0, max = 9 }, { label = "high", min = 10, max = 20 }]
bands_evidence = "seen"
bands_source = "manual"
citation = "Someone 2020"
doi = "10.1000/182"
evidence = "seen"
notes = "None."
rater = "self"
score_kind = "total"
items = 10
subscales = ["mood"]
remission = { at_most = 5, source = "manual", evidence = "seen" }
response = { percent = 50, source = "convention", evidence = "recalled" }
practice_effect = "none seen"
license_note = "free"
unknown = ["norm.sd"]

[[mcid]]
value = 3
unit = "points"
interval = [2, 4]
anchor = "global rating"
population = "outpatients"
source = "Someone 2021"
evidence = "seen"

[[reliability]]
value = 0.85
kind = "icc"
interval = [0.8, 0.9]
population = "outpatients, 2 weeks"
source = "Someone 2021"
evidence = "seen"

[[reliability]]
value = 1.4
kind = "sem"
population = "outpatients"
source = "Someone 2021"
evidence = "seen"

[[norm]]
mean = 4.5
n = 100
population = "general"
source = "Someone 2022"
evidence = "recalled"
"#;

fn own(text: &str) -> Vec<(String, String)> {
    vec![("mine.toml".to_owned(), text.to_owned())]
}

#[test]
fn own_entries_are_added_and_take_the_place_of_embedded_ones() {
    let text = OWN.replace("id = \"mine\"", "id = \"bdi2\"");
    let files = [own(OWN), vec![("bdi2.toml".to_owned(), text)]].concat();
    let catalogue = Catalogue::with_own(&files).expect("entries");
    assert_eq!(catalogue.instruments().len(), Catalogue::embedded().instruments().len() + 1);
    assert!(catalogue.instruments().is_sorted_by_key(|entry| entry.id.clone()));
    assert_eq!(catalogue.ids().count(), catalogue.instruments().len());
    assert_eq!(catalogue.get("mine").map(|entry| entry.name.as_str()), Some("My scale"));
    assert_eq!(catalogue.get("bdi2").map(|entry| entry.name.as_str()), Some("My scale"));
    assert_eq!(catalogue.source("mine"), Some(OWN));
    assert_eq!(catalogue.overridden().collect::<Vec<_>>(), [("bdi2", "bdi2.toml")]);
    assert_eq!(catalogue.matching("ＭＹＳ").len(), 2, "the name that two share is a question");
    let twice = [own(OWN), own(OWN)].concat();
    let problems = Catalogue::with_own(&twice).expect_err("the same id twice").0;
    assert!(problems[0].to_string().contains("as in mine.toml"), "{problems:?}");
}

#[test]
fn what_does_not_hold_together_is_refused_with_its_line() {
    for (from, to, said) in [
        ("abbreviation =", "abbrevation =", "unknown key `abbrevation` … did you mean `abbreviation`?"),
        ("anchor = \"global", "ancor = \"global", "unknown key `mcid[0].ancor` … did you mean `anchor`?"),
        ("max = 9 }", "top = 9 }", "unknown key `bands[0].top`"),
        ("id = \"mine\"", "id = \"My\"", "lower case letters"),
        ("id = \"mine\"", "id = \"other\"", "\"mine\", the name of the file"),
        ("citation = \"Someone 2020\"", "", "`citation`: expected the primary source"),
        ("doi = \"10.1000/182\"", "doi = \"https://doi.org/10.1000/182\"", "`doi`"),
        ("max = 20 }\nrange", "max = 0 }\nrange", "`range`: expected `min` below `max`, got 0 to 0"),
        ("range_evidence = \"derived\"", "", "`range_evidence`: expected seen, derived or recalled, got nothing"),
        ("step = 1", "step = 0", "`step`: expected a number above 0"),
        ("step = 1", "step = 3", "`step`: expected a step that leads from 0 to 20"),
        ("min = 10, max = 20", "min = 11, max = 20", "`bands[1].min`: expected the score after 9, got 11"),
        ("min = 10, max = 20", "min = 9, max = 20", "`bands[1].min`: expected more than 9"),
        ("min = 10, max = 20", "min = 10, max = 19", "`bands[1].max`: expected 20, where the range ends, got 19"),
        ("label = \"low\", min = 0", "label = \"low\", min = 1", "`bands[0].min`: expected 0"),
        ("label = \"high\"", "label = \"low\"", "`bands[1].label`"),
        ("bands_source = \"manual\"", "", "`bands_source`"),
        ("{ at_most = 5", "{ at_most = 25", "`remission.at_most`: expected a score of 0 to 20, got 25"),
        ("{ at_most = 5", "{ at_least = 5", "`remission.at_least`: expected `at_most` or `below`, since lower is better"),
        ("{ at_most = 5", "{ below = 5, at_most = 5", "`remission`: expected one of"),
        ("percent = 50", "percent = 150", "`response.percent`"),
        ("percent = 50, ", "", "`response`: expected `percent`, `points`"),
        ("value = 3\n", "value = 30\n", "`mcid[0].value`: expected no more than the width"),
        ("value = 3\n", "value = -3\n", "`mcid[0].value`: expected a number above 0, got -3"),
        ("interval = [2, 4]", "interval = [4, 2]", "`mcid[0].interval`"),
        ("anchor = \"global rating\"", "anchor = \"\"", "`mcid[0].anchor`: expected a text"),
        ("value = 0.85", "value = 3.64", "kind = \"sem\""),
        ("value = 1.4", "value = 0", "`reliability[1].value`"),
        ("mean = 4.5", "mean = 45", "`norm[0].mean`"),
        ("n = 100", "n = 100\nsd = 2.5", "`unknown`: expected facts that the entry does not hold, got \"norm.sd\""),
        ("evidence = \"seen\"\nnotes", "evidence = \"sure\"\nnotes", "`evidence`: unknown variant `sure`"),
        ("kind = \"icc\"", "kind = \"retest\"", "unknown variant `retest`"),
        ("direction = \"lower\"", "direction = lower", "no TOML"),
        ("step = 1", "step = \"one\"", "`step`"),
    ] {
        assert!(OWN.contains(from), "{from}");
        let problems = Catalogue::with_own(&own(&OWN.replacen(from, to, 1))).expect_err(to).0;
        let shown = |problem: &Problem| format!("{problem} … {}", problem.hint.as_deref().unwrap_or_default());
        let all: Vec<String> = problems.iter().map(shown).collect();
        assert!(all.iter().any(|line| line.contains(said)), "{to}: {all:?}");
        for problem in &problems {
            assert_eq!(problem.code, ProblemCode::CatalogueEntry);
            assert_eq!(problem.place.file.as_deref(), Some("mine.toml"));
            assert!(problem.place.line.is_some() || problem.what.ends_with("got nothing"), "{problem:?}");
        }
    }
}

#[test]
fn an_ambiguous_name_in_a_plan_names_both() {
    let plan =
        "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\n\n[[outcome]]\nid = \"x\"\ninstrument = \"SDS\"\npre = \"a\"\npost = \"b\"\n";
    let problems = prepost::plan::read(plan, "trial.toml").expect_err("ambiguous").0;
    let hint = problems[0].hint.as_deref().unwrap_or_default();
    assert!(hint.contains("`zung_sds`") && hint.contains("`sheehan_ds`"), "{problems:?}");
    assert_eq!(problems[0].place.line, Some(7));
}

#[test]
fn a_plan_is_read_with_the_catalogue_it_is_given() {
    let plan =
        "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\n\n[[outcome]]\nid = \"x\"\ninstrument = \"mine\"\npre = \"a\"\npost = \"b\"\n";
    assert!(prepost::plan::read(plan, "trial.toml").is_err());
    let catalogue = Catalogue::with_own(&own(OWN)).expect("an entry");
    let plan = prepost::plan::read_with(plan, "trial.toml", &catalogue).expect("a plan");
    let outcomes = prepost::plan::resolve_outcomes(&plan, &catalogue).expect("outcomes");
    assert_eq!(outcomes[0].label, "MS");
    assert_eq!(outcomes[0].meaning.mcid.len(), 1);
    assert_eq!(outcomes[0].bands.len(), 2);
}
