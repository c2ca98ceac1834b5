//! All tests and estimates of the change of one outcome.

use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Analysis, Finding, Method, number};
use crate::stats::{Estimable, Interval, Note, PValue};
use crate::trial::Outcome;

/// In the order they are shown. The signed-rank test stands under both zero rules by name; the plan's is marked.
const ORDER: [Method; 9] = [
    Method::PairedT,
    Method::Bootstrap,
    Method::Yuen,
    Method::HodgesLehmann,
    Method::MedianChange,
    Method::SignedRankPratt,
    Method::SignedRankDrop,
    Method::Permutation,
    Method::SignTest,
];

pub(super) fn blocks(source: &Source, outcome: &Outcome) -> Vec<Block> {
    let rows: Vec<Row> = ORDER.into_iter().filter_map(|method| row(source, outcome, method)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let level = number::level_percent(source.settings().conf_level);
    let sided = words::sidedness_of(outcome, source.settings().alternative);
    let mut table = Table::new(format!("table-tests-{}", source.fragment(outcome)), "Tests and estimates of the change")
        .column("Method", Align::Text)
        .columns(["Estimate", &format!("{level} CI"), "Statistic", &words::sentence_of_p(sided)], Align::Number)
        .column("Remarks", Align::Prose);
    table.rows = rows;
    if let Some(higher) = source.looked_for_higher(outcome) {
        let side = if higher { "higher" } else { "lower" };
        table.notes.push(format!("The one-sided tests look only for {side} scores at post; all intervals are two-sided.").into());
    }
    vec![Block::Table(table)]
}

/// One line of the table, with what qualifies it.
struct Line {
    estimate: String,
    interval: String,
    statistic: String,
    p: String,
    remarks: Vec<String>,
}

fn row(source: &Source, outcome: &Outcome, method: Method) -> Option<Row> {
    let analysis = source.results.analysis(&outcome.id, method)?;
    let line = line(source, outcome, analysis);
    let mut remarks = line.remarks;
    if is_deciding(source, method) {
        remarks.insert(0, "this test decides".into());
    }
    // That p is one-sided stands in the column and below the table.
    for note in analysis.notes.iter().filter(|note| !matches!(note, Note::OneSided { .. })) {
        let text = words::note(note);
        if !remarks.contains(&text) {
            remarks.push(text);
        }
    }
    let cells = [line.estimate, line.interval, line.statistic, line.p].map(Inline::from);
    let mut row = vec![name(source, method)];
    row.extend(cells);
    row.push(words::sentence(&remarks.join("; ")).into());
    Some(Row::Cells(row))
}

fn name(source: &Source, method: Method) -> Inline {
    let text: Inline = match method {
        Method::PairedT => "Mean change, paired t".into(),
        Method::Bootstrap => "Mean change, bootstrap (BCa)".into(),
        Method::Yuen => "Change of 20\u{a0}% trimmed means (Yuen)".into(),
        Method::Permutation => "Mean change, permutation".into(),
        Method::SignTest => "Share that rose, sign test".into(),
        other => words::sentence(&words::method(other).plain()).into(),
    };
    if is_deciding(source, method) { Inline::new().strong(text.plain()) } else { text }
}

/// The signed-rank test decides under the plan's zero rule.
fn is_deciding(source: &Source, method: Method) -> bool {
    let planned = match (source.deciding(), source.settings().zeros) {
        (Method::SignedRank, crate::plan::ZeroRule::Pratt) => Method::SignedRankPratt,
        (Method::SignedRank, crate::plan::ZeroRule::Drop) => Method::SignedRankDrop,
        (other, _) => other,
    };
    method == planned
}

fn line(source: &Source, outcome: &Outcome, analysis: &Analysis) -> Line {
    let digits = number::decimals(outcome);
    let none = || words::NONE.to_owned();
    let mut line = Line { estimate: none(), interval: none(), statistic: none(), p: none(), remarks: Vec::new() };
    let finding = match analysis.finding.as_result() {
        Ok(finding) => finding,
        Err(why) => {
            line.remarks.push(words::reason(why));
            return line;
        }
    };
    match finding {
        Finding::PairedT(record) => {
            line.estimate = number::fixed(record.mean_change, digits);
            line.interval(source, &record.interval, digits);
            let df = number::df(record.df);
            line.statistic =
                words::value(record.t.as_result(), &mut line.remarks, |t| words::unbroken(&format!("t({df}) = {}", number::fixed(*t, 2))));
            line.p(&record.p);
        }
        Finding::Bootstrap(record) => {
            line.interval(source, &record.mean_change, digits);
            line.remarks.push(words::counted(record.replicates, "resample of people", "resamples of people"));
        }
        Finding::Yuen(record) => {
            line.estimate = number::fixed(record.estimate, digits);
            line.interval = words::limits(&record.interval, digits, source.settings().conf_level);
            line.statistic = words::unbroken(&format!("t({}) = {}", number::df(record.df), number::fixed(record.t, 2)));
            line.p = number::p_prose(record.p);
            let robust = words::value(record.robust_d.as_result(), &mut line.remarks, |d| number::fixed(*d, 2));
            line.remarks.push(format!("robust d {robust}"));
        }
        Finding::HodgesLehmann(record) => {
            line.estimate = number::fixed(record.estimate, digits);
            line.interval(source, &record.interval, digits);
            line.remarks.extend(attained(&record.achieved));
        }
        Finding::MedianChange(record) => {
            line.estimate = number::fixed(record.estimate, digits);
            line.interval(source, &record.interval, digits);
            line.remarks.extend(attained(&record.achieved));
        }
        Finding::SignedRank(record) => {
            line.statistic = format!(
                "W\u{207a}\u{a0}=\u{a0}{}, W\u{207b}\u{a0}=\u{a0}{}",
                number::rank_sum(record.w_plus),
                number::rank_sum(record.w_minus),
            );
            line.p(&record.p);
            line.remarks.push(if record.p_exact.ok().is_some() { "exact, ties by midranks".into() } else { "normal approximation".into() });
            line.remarks.push(words::counted(record.n_zero, "change of zero", "changes of zero"));
        }
        Finding::Permutation(record) => {
            line.p = number::p_prose(record.p);
            line.remarks.push(if record.n_permutations == 0 {
                "exact, over all sign changes".into()
            } else {
                let drawn = words::counted(record.n_permutations, "random sign change", "random sign changes");
                format!("{drawn}, Monte Carlo error of p {}", number::significant(record.mc_error, 2))
            });
        }
        Finding::SignTest(record) => {
            line.estimate = words::value(record.share_positive.as_result(), &mut line.remarks, |share| number::percent(share * 100.0, 0));
            match record.interval.as_result() {
                Ok(limits) => {
                    line.interval =
                        format!("{}\u{a0}to\u{a0}{}", number::percent(limits.lower * 100.0, 0), number::percent(limits.upper * 100.0, 0));
                }
                Err(why) => line.refuse(words::reason(why)),
            }
            line.statistic = format!(
                "{} rose, {} fell, {} the same",
                number::count(record.n_positive),
                number::count(record.n_negative),
                number::count(record.n_zero)
            );
            line.p(&record.p);
            if record.share_positive.ok().is_some() {
                line.remarks.push("of those who changed".into());
            }
        }
        _ => {}
    }
    line
}

impl Line {
    fn interval(&mut self, source: &Source, interval: &Estimable<Interval>, digits: usize) {
        let level = source.settings().conf_level;
        self.interval = words::value(interval.as_result(), &mut self.remarks, |limits| words::limits(limits, digits, level));
    }

    fn p(&mut self, p: &Estimable<PValue>) {
        self.p = words::value(p.as_result(), &mut self.remarks, |p| number::p_prose(*p));
    }

    fn refuse(&mut self, reason: String) {
        if !self.remarks.contains(&reason) {
            self.remarks.push(reason);
        }
    }
}

/// The level an interval attains, where it is not just the nominal one.
fn attained(achieved: &Estimable<f64>) -> Option<String> {
    achieved.ok().map(|level| format!("the interval attains {}", number::level_percent(*level)))
}
