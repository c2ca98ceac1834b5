use std::collections::BTreeMap;

use prepost::decimal::Decimal;
use prepost::plan::{
    AnalysisSection, DataSection, Effect, FigureKind, FiguresSection, Format, OneOrMore, OutcomeSection, Plan, PrivacySection, TestName,
    TrialSection, WantedChange, read, to_toml,
};
use prepost::trial::{Direction, Role};
use proptest::prelude::*;

use super::shown;

/// Any text that is not blank: quotes, backslashes, line breaks and other scripts included.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,8}", "[ -~\t\n\u{3040}-\u{30ff}\u{ac00}-\u{acff}é\"\\\\\u{1}\u{2028}]{1,12}"]
        .prop_filter("not blank", |text: &String| !text.trim().is_empty())
}

fn outcome(index: usize) -> impl Strategy<Value = OutcomeSection> {
    let words = (
        prop::option::of(prop_oneof![Just(Direction::Lower), Just(Direction::Higher)]),
        prop::option::of(prop_oneof![Just(Role::Primary), Just(Role::Secondary), Just(Role::Exploratory)]),
        prop::option::of((-1000_i64..1000, 1_i64..1000, 0_u8..4)),
    );
    ((name(), name()), prop::option::of(name()), prop::option::of(name()), words).prop_map(
        move |((pre, post), label, source, (direction, role, range))| OutcomeSection {
            id: format!("outcome {index}"),
            label,
            // A direction where there is one, else an instrument to say it.
            instrument: direction.is_none().then(|| "bdi2".to_owned()),
            direction,
            role,
            source,
            range: range.and_then(|(min, width, scale)| Some([Decimal::new(min, scale)?, Decimal::new(min + width, scale)?])),
            pre: Some(format!("{index}-pre {pre}")),
            post: Some(format!("{index}-post {post}")),
            ..OutcomeSection::default()
        },
    )
}

fn plans() -> impl Strategy<Value = Plan> {
    let data =
        (name(), prop::option::of(name()), prop::collection::vec("[A-Z]{1,3}", 0..3), prop::collection::btree_map(name(), name(), 0..3));
    let settings = (0.51_f64..0.999, 0_u64.., 1_000_u32..=1_000_000, any::<bool>(), 72_u32..=1200);
    (prop::option::of(name()), data, (outcome(0), outcome(1)), 1_usize..3, settings).prop_map(
        |(title, (subject, group, missing, keep), (first, second), count, (conf_level, seed, bootstrap, individuals, dpi))| {
            let keep_where: BTreeMap<String, OneOrMore> = keep
                .into_iter()
                .enumerate()
                .map(|(i, (column, value))| {
                    (column, if i % 2 == 0 { OneOrMore::One(value) } else { OneOrMore::More(vec![value, "x".into()]) })
                })
                .collect();
            Plan {
                trial: TrialSection { title, id: None },
                data: DataSection {
                    files: vec!["a \"b\".csv".into()],
                    group: group.filter(|group| *group != subject),
                    subject,
                    missing,
                    keep_where,
                    header_line: Some(2),
                    decimal_by_column: BTreeMap::from([("bdi, comma".into(), ",".into())]),
                    ..DataSection::default()
                },
                visits: None,
                outcome: [first, second].into_iter().take(count).collect(),
                analysis: AnalysisSection {
                    conf_level,
                    seed,
                    bootstrap,
                    alternative: WantedChange::Improvement,
                    test: TestName::Permutation,
                    effect: Effect::PSuperiority,
                    ..AnalysisSection::default()
                },
                figures: FiguresSection {
                    kinds: vec![FigureKind::Flow],
                    formats: vec![Format::Pdf, Format::Svg],
                    dpi: Some(dpi),
                    ..FiguresSection::default()
                },
                privacy: PrivacySection { min_cell: 5, individuals },
                ..Plan::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(plan in plans()) {
        let text = to_toml(&plan);
        match read(&text, "plan.toml") {
            Ok(again) => prop_assert_eq!(again, plan),
            Err(problems) => prop_assert!(false, "{}\n{}", shown(&problems.0), text),
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}") {
        let _ = read(&text, "trial.toml");
    }

    #[test]
    fn no_plan_like_text_makes_reading_panic(text in "(\\[\\[?(data|outcome|visits|analysis|figures|data.where)\\]?\\]\n|(pre|post|files|subject|range|step|seed|value|where|key) = (1|-0.5|\"a\"|\\[\\]|\\[1, 2\\]|\\{\\}|\\{ a = 1 \\}|inf|1e400|2020-01-01)\n){0,12}") {
        let _ = read(&text, "trial.toml");
    }
}
