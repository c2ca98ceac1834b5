//! How the questions of meaning read: short where nothing is known, with every source where something is.

use super::known;
use prepost::report::{document, to_html, to_markdown};
use prepost::results::{Finding, Method, Results};
use prepost::stats::{Estimable, NotEstimable};

fn text(results: &Results) -> String {
    to_markdown(&document(results, &[])).replace('\u{a0}', " ")
}

/// The lines of a section with words in them, its heading left out.
fn section<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let after = text.split(&format!("## {heading}\n")).nth(1).unwrap_or_default();
    after.split("\n## ").next().unwrap_or_default().lines().filter(|line| !line.is_empty()).collect()
}

const QUESTIONS: [&str; 4] = ["Does the change matter?", "What else could explain it?", "Who is missing?", "How strong is the evidence?"];

#[test]
fn whatever_is_known_is_told_with_its_source() {
    let text = text(&known::all_known());
    for said in [
        "12 of 28 (43 %, 95 % CI 27 % to 61 %) improved by at least 5 points.",
        "| MCID: at least 5 points |",
        "| Substantial change: at least 17.5 % of the person\u{2019}s own pre score |",
        "Anchor: global rating; primary care; Button 2015; checked against its source",
        "Primary care; Button 2015; to be verified",
        "the smallest detectable change of one person",
        "8.4 points",
        "a change equal to a threshold reaches it",
        "**Remission** is a score \u{2264} 13",
        "Over 3 defensible choices of method, reliability and cut-off, the share reliably improved is 32 % to 43 %",
        "a change of \u{2212}3.6 points would be expected",
        "At a reliability of 0.61 regression to the mean would explain the whole change.",
        "the conclusion holds until the missing 2 are 45.9 points worse than expected.",
        "Baseline observation carried forward (BOCF)",
        "the benchmark is quoted without its uncertainty",
        "1978 times as likely under a change as under none",
        "in print",
        "**Population:** workers on sick leave",
        "This is no claim of compliance",
        "**The sample as its own norm.**",
        "**Facts to be verified.**",
    ] {
        assert!(text.to_lowercase().contains(&said.to_lowercase()), "{said}\n{text}");
    }
    assert!(!text.contains("A fallback:"));
    for question in QUESTIONS {
        assert_eq!(text.matches(&format!("## {question}\n")).count(), 1, "{question}");
    }
}

#[test]
fn alpha_is_called_a_fallback() {
    let text = text(&known::alpha());
    assert!(text.contains("**A fallback:**") && text.contains("**Reliability from one occasion.**"));
}

#[test]
fn where_nothing_is_known_each_question_lists_what_would_answer_it() {
    let text = text(&known::nothing_known());
    let matters = section(&text, QUESTIONS[0]);
    assert_eq!(matters[0], "What could not be judged here, and what the plan would have to say:");
    assert_eq!(matters[1].matches("**X and Y:** no established MCID is known. Add `mcid").count(), 1, "{matters:?}");
    for question in QUESTIONS {
        assert!(section(&text, question).len() <= 5, "{question}: {:?}", section(&text, question));
    }
    assert!(text.contains("The plan states none; add a section `[estimand]`"));
    assert!(text.contains("**No least important change.**"));
}

#[test]
fn what_is_withheld_shows_no_share() {
    let mut results = known::all_known();
    for analysis in &mut results.analyses {
        if Method::ALL.iter().skip_while(|method| **method != Method::Responders).any(|method| *method == analysis.key.method) {
            analysis.finding = Estimable::NotEstimable(NotEstimable::Withheld { min_cell: 5 });
        }
    }
    let text = text(&results);
    assert!(!text.contains("12 of 28") && !text.contains("Who improved by an amount"));
    assert!(section(&text, QUESTIONS[0]).len() == 1, "{:?}", section(&text, QUESTIONS[0]));
}

#[test]
fn a_conclusion_that_is_none_cannot_tip() {
    let mut results = known::all_known();
    for analysis in &mut results.analyses {
        if let Estimable::Estimated(Finding::MissingPost(record)) = &mut analysis.finding
            && let Estimable::Estimated(point) = &mut record.tipping_point
        {
            point.interval_zero = Estimable::Estimated(0.0);
        }
    }
    assert!(text(&results).contains("no conclusion for the missing to turn"));
}

#[test]
fn both_writers_whole() {
    let document = document(&known::all_known(), &[]);
    insta::assert_snapshot!("all_known.md", to_markdown(&document));
    let page = to_html(&document);
    for id in ["does-the-change-matter", "what-else-could-explain-it", "who-is-missing", "how-strong-is-the-evidence", "checklists"] {
        assert!(page.contains(&format!("<h2 id=\"{id}\">")), "{id}");
    }
    insta::assert_snapshot!("nothing_known.md", to_markdown(&prepost::report::document(&known::nothing_known(), &[])));
}
