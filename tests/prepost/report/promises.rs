//! What every report keeps, whatever it is about.

use super::fixture::{self, HOSTILE};
use super::known;
use prepost::plan::{Procedure, WantedChange};
use prepost::report::{Block, document, to_html, to_markdown};
use prepost::results::Results;
use prepost::trial::{Direction, Role};

/// Reports of every sort of trial: as planned, large, empty, one-sided and unadjusted.
fn trials() -> Vec<Results> {
    let mut one_sided = fixture::five_domains();
    one_sided.provenance.settings.0.analysis.alternative = WantedChange::Improvement;
    one_sided.provenance.settings.0.analysis.multiplicity = Procedure::None;
    one_sided.provenance.plan_inferred = true;
    one_sided.provenance.plan_sha256 = None;
    let nobody = fixture::results_of(vec![(fixture::outcome("x", "X", "cognition", Direction::Higher, Role::Primary), 0)], Vec::new());
    let nothing = fixture::results_of(Vec::new(), Vec::new());
    vec![fixture::five_domains(), fixture::many_outcomes(), one_sided, nobody, nothing, known::all_known(), known::nothing_known()]
}

fn pages() -> Vec<String> {
    trials().iter().map(|results| to_html(&document(results, &fixture::figures()))).collect()
}

fn texts() -> Vec<String> {
    trials().iter().map(|results| to_markdown(&document(results, &fixture::figures()))).collect()
}

#[test]
fn the_page_has_no_script_and_loads_nothing() {
    for page in pages() {
        let lower = page.to_lowercase();
        for bad in ["<script", "<link", "<iframe", "@import", "javascript:", "onload=\"", "src=\"http", "url(http", "srcset"] {
            // The hostile label shows such words as text, with its signs escaped.
            let shown = lower.replace("[x](javascript:1)", "");
            assert!(!shown.contains(bad), "{bad}");
        }
        let images = page.matches("src=\"").count();
        assert_eq!(images, page.matches("src=\"data:image/svg+xml").count());
        assert_eq!(page.matches("href=\"").count(), page.matches("href=\"#").count() + page.matches("href=\"https://doi.org/").count());
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn every_figure_has_words() {
    for page in pages() {
        assert_eq!(page.matches("<img ").count(), page.matches(" alt=\"").count());
        assert_eq!(page.matches("<svg ").count(), page.matches(" role=\"img\" aria-label=\"").count());
        assert_eq!(page.matches("<figure ").count(), page.matches("<figcaption ").count());
    }
    for text in texts() {
        assert!(!text.contains("![]("));
    }
}

#[test]
fn headings_never_skip_a_level_and_ids_are_unique() {
    for results in trials() {
        let document = document(&results, &fixture::figures());
        let mut level = 1;
        for block in &document.blocks {
            if let Block::Heading { level: next, .. } = block {
                assert!(*next <= level + 1 && *next >= 2, "{level} then {next}");
                level = *next;
            }
        }
        let page = to_html(&document);
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&target), "nothing has the id {target}");
        }
    }
}

#[test]
fn tables_have_headers_and_even_rows() {
    for results in trials() {
        for block in document(&results, &[]).blocks {
            let Block::Table(table) = block else { continue };
            for row in &table.rows {
                if let prepost::report::Row::Cells(cells) = row {
                    assert_eq!(cells.len(), table.columns.len(), "{}", table.id);
                }
            }
        }
    }
    for page in pages() {
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        assert_eq!(page.matches("<table").count(), page.matches("<thead>").count());
        assert_eq!(page.matches("<th ").count(), page.matches("<th scope=").count());
    }
}

#[test]
fn hostile_text_is_inert() {
    let results = fixture::five_domains();
    let document = document(&results, &fixture::figures());
    let page = to_html(&document);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("{{body}}"), "a label that looks like a place of the template stays text");
    assert_eq!(page.matches("<main").count(), 1);
    let text = to_markdown(&document);
    assert!(text.contains(r"\<script>alert(1)\</script> \| \*\*b\*\* \[x\](javascript:1) \`c\` "));
    assert!(!text.contains("\n# {{"), "no heading of its own");
    for written in [&page, &text] {
        assert!(!written.contains('\u{202e}'));
        assert!(!written.replace("\\<script>", "").contains("<script>"));
        assert!(written.chars().all(|letter| letter == '\n' || !letter.is_control()));
    }
    assert!(HOSTILE.contains('\n'));
}

#[test]
fn no_number_is_missing_in_silence() {
    for text in texts().iter().chain(&pages()) {
        for bad in ["NaN", "\u{2212}0.00 ", "p = 0,", "p\u{a0}=\u{a0}.000", "p\u{a0}=\u{a0}0"] {
            assert!(!text.contains(bad), "{bad}");
        }
        assert!(!text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "inf" || word == "Infinity"));
    }
    let text = to_markdown(&document(&fixture::five_domains(), &[]));
    assert!(text.contains("Needs at least 2 pairs, found 1"));
    assert!(text.contains("every pre score is equal"));
    assert!(text.contains("no calibrated interval is known") || text.contains("No calibrated interval is known"));
}

#[test]
fn no_treatment_effect_is_claimed() {
    for text in texts() {
        let lower = text.to_lowercase().replace('\u{a0}', " ");
        for bad in [
            "significant improvement",
            "due to",
            "was effective",
            "effect of the programme",
            "effect of the treatment",
            "efficacy",
            "caused",
        ] {
            assert!(!lower.contains(bad), "{bad}");
        }
        // "the effect of a treatment" stands only where it is denied.
        assert_eq!(lower.matches("the effect of a treatment").count(), lower.matches("is not the effect of a treatment").count());
        for line in lower.lines().filter(|line| line.contains("headline effect d\\_av =")) {
            assert!(line.contains("no comparison group"), "{line}");
        }
    }
}

#[test]
fn plain_words_fit_the_numbers() {
    let text = to_markdown(&document(&fixture::five_domains(), &[])).replace('\u{a0}', " ");
    for said in [
        "**Depression (BDI-II)** was lower after the programme: mean change −5.2 points (95 % CI −6.9 to −3.5, n = 29 of 30, p < .001, adjusted p < .001), an improvement.",
        "For **Social adaptation (SASS)** the data do not show a change",
        "Adjusted for the number of outcomes, the data do not show a change.",
        "the methods do not all agree",
        "**Readiness (PRRS)**: mean change +4.0 points (n = 1 of 30); the deciding test cannot be done: needs at least 2 pairs, found 1.",
        "+0.274",
    ] {
        assert!(text.to_lowercase().contains(&said.to_lowercase()), "{said}");
    }
}

#[test]
fn a_one_sided_p_is_called_so() {
    let text = to_markdown(&document(&trials()[2], &[]));
    assert!(text.contains("one-sided p"));
    let hostile = text.lines().find(|line| line.starts_with("- ") && line.contains("{{body}}")).expect("the outcome without direction");
    assert!(!hostile.contains("one-sided"), "without a better direction there is no side");
    assert!(text.contains("intervals are two-sided") || text.contains("Confidence intervals are two-sided"));
    assert!(text.contains("without adjustment"));
    assert!(text.contains("inferred from the header"));
}

/// Writes the pages to look at: `PREPOST_LOOK=/some/folder cargo test report::promises::look -- --ignored`.
#[test]
#[ignore = "writes files to look at"]
fn look() {
    let folder = std::env::var("PREPOST_LOOK").expect("PREPOST_LOOK names a folder");
    for (name, results) in ["five", "many", "one-sided", "nobody", "nothing", "known", "unknown"].iter().zip(trials()) {
        let document = document(&results, &fixture::figures());
        std::fs::write(format!("{folder}/{name}.html"), to_html(&document)).expect("written");
        std::fs::write(format!("{folder}/{name}.md"), to_markdown(&document)).expect("written");
    }
}
