//! The methods paragraphs on what a change means and what else could explain it: one sentence or two for each method that
//! gave a number.

use crate::report::document::Inline;
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Comparison, Finding, Method, PracticeEffect};

/// Responders, remission, reliable change, severity bands.
pub(super) fn people(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::new();
    if [Method::Responders, Method::Response, Method::Remission].into_iter().any(|method| gave(source, method)) {
        text = text
            .text("Thresholds of change, response and remission are those named in the tables, each with its source; a change equal to a threshold reaches it, and shares have the intervals of Wilson")
            .cite(citations.number(Work::Wilson1927))
            .text(" and of Clopper and Pearson")
            .cite(citations.number(Work::ClopperPearson1934))
            .text(". Missing scores are counted as not improved in a second line. ");
    }
    if gave(source, Method::Remission) {
        text = text
            .text("Shares in remission before and after are compared within people: Newcombe\u{2019}s")
            .cite(citations.number(Work::Newcombe1998))
            .text(" and Tango\u{2019}s")
            .cite(citations.number(Work::Tango1998))
            .text(" interval of the paired difference, McNemar\u{2019}s exact test")
            .cite(citations.number(Work::McNemar1947))
            .text(". ");
    }
    if gave(source, Method::ReliableChange) {
        text = text
            .text("Reliable change is that of Jacobson and Truax")
            .cite(citations.number(Work::JacobsonTruax1991))
            .text(": more than 1.96 times the standard error of a difference, \u{221a}2 \u{b7} SD \u{b7} \u{221a}(1 \u{2212} reliability), with the SD of the clinical population; recovered are those who also cross the cut-off between the clinical and the functional population. Other published indices stand beside it");
        text = match gave(source, Method::Multiverse) {
            true => text
                .text(", and a multiverse table")
                .cite(citations.number(Work::Steegen2016))
                .text(" gives the share over every defensible choice of index, reliability and cut-off. "),
            false => text.text(". "),
        };
    }
    if gave(source, Method::BandShift) {
        text = text
            .text("Moves between severity bands are tested for equal margins (Stuart")
            .cite(citations.number(Work::Stuart1955))
            .text(", Maxwell")
            .cite(citations.number(Work::Maxwell1970))
            .text(") and for symmetry (Bowker")
            .cite(citations.number(Work::Bowker1948))
            .text("). ");
    }
    if !text.0.is_empty() {
        text = text.text("None of these tests is adjusted for their number.");
    }
    text
}

/// Regression to the mean, practice, benchmarks.
pub(super) fn explanations(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::new();
    if gave(source, Method::RegressionToMean) {
        text = text
            .text("The change that regression to the mean would bring about is (1 \u{2212} r) times the distance of the pre mean from the population mean, with the reliability r and the population mean as stated; the net change is what remains. The interval takes both as known, and where an interval of r is stated a second one carries it along. The test of Mee and Chua")
            .cite(citations.number(Work::MeeChua1991))
            .text(" needs the population mean alone. ");
    }
    if gave(source, Method::Practice) {
        let by_controls = source
            .all(Method::Practice)
            .any(|analysis| matches!(analysis.finding.ok(), Some(Finding::Practice(PracticeEffect::Control { .. }))));
        text = text.text(match by_controls {
            true => {
                "The mean change of people who were tested twice without the programme is taken from that of the participants (Welch). "
            }
            false => "A known effect of practice is taken from the mean change, with its standard error where the source gives one. ",
        });
    }
    let benchmarks = || source.all(Method::Benchmark).filter_map(|analysis| analysis.finding.ok());
    let any_row = |wanted: fn(&Comparison) -> bool| {
        benchmarks().any(|finding| matches!(finding, Finding::Benchmark(record) if record.rows.iter().any(|row| wanted(&row.comparison))))
    };
    if any_row(|comparison| matches!(comparison, Comparison::Estimate(_))) {
        text = text.text("Mean changes from elsewhere are compared by the difference of two independent means with Welch\u{2013}Satterthwaite degrees of freedom; one quoted without a standard error gets no p-value. ");
    }
    if any_row(|comparison| matches!(comparison, Comparison::Criterion(_))) {
        text = text.text("A criterion fixed in advance is tested by the one-sample t-test of the change. ");
    }
    text
}

/// Missing post scores, equivalence, Bayes factors, changes that go together.
pub(super) fn sensitivity(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::new();
    let estimated = |analysis: &crate::results::Analysis| matches!(analysis.finding.ok(), Some(Finding::MissingPost(record)) if record.mar.ok().is_some());
    if source.all(Method::MissingPost).any(estimated) {
        text = text
            .text("Where post scores are missing, the mean change of all who began is estimated by maximum likelihood for a bivariate normal distribution with scores missing at random")
            .cite(citations.number(Work::Anderson1957))
            .text(", with a small-sample standard error and t distribution; it is then shifted until the conclusion changes (tipping point). ");
    }
    if gave(source, Method::Equivalence) {
        text = text
            .text("Equivalence is tested by two one-sided t-tests within bounds in points")
            .cite(citations.number(Work::Schuirmann1987))
            .text(format!(", each at \u{3b1} = {}. ", words::alpha(source.settings().conf_level)));
    }
    if gave(source, Method::BayesFactor) {
        text = text
            .text("Bayes factors compare a Cauchy prior of scale \u{221a}2/2 on the standardised mean change with no change")
            .cite(citations.number(Work::Rouder2009))
            .text("; scales from 0.2 to 2 show how far they depend on it. ");
    }
    if gave(source, Method::ChangeCorrelation) {
        text = text.text("Changes of two outcomes are correlated by Pearson\u{2019}s r with Fisher\u{2019}s interval.");
    }
    text
}

/// Whether any outcome has a number by `method`.
fn gave(source: &Source, method: Method) -> bool {
    source.all(method).any(|analysis| analysis.finding.ok().is_some())
}
