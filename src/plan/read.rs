//! `trial.toml` as text → a checked [`Plan`].

use toml::de::DeTable;

use super::check::check_at;
use super::limits;
use super::moment::common_stem;
use super::read_meaning;
use super::resolve::resolve_all;
use super::source::{Source, Table, one_or_more};
use super::{
    AnalysisSection, DataSection, FiguresSection, FileOverride, Layout, OutcomeSection, Plan, PrivacySection, TrialSection, VisitsSection,
};
use crate::trial::{Catalogue, Place, Problem, ProblemCode, Problems};

/// How a line begins that `init` leaves to be completed.
const QUESTION: &str = "# ANSWER:";

/// Reads and checks a plan; `name` is its file name for messages. Everything wrong is reported at once.
///
/// Columns that may stand in two places (`value` under `[data]` or `[[outcome]]`) are filled in where the layout wants
/// them, and an outcome without `id` is named by its instrument, key or columns.
///
/// Instruments are looked up in the catalogue that ships with the program.
pub fn read(text: &str, name: &str) -> Result<Plan, Problems> {
    read_with(text, name, &Catalogue::embedded())
}

/// [`read`], with instruments looked up in `catalogue`.
pub fn read_with(text: &str, name: &str, catalogue: &Catalogue) -> Result<Plan, Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(text, name);
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut last = (0, "");
    for error in &errors {
        // The same complaint line after line is the parser finding its feet again.
        let line = source.line(error.span().map_or(0, |span| span.start));
        if line > last.0 && error.message() != last.1 {
            let hint = "TOML is `key = value` a line; texts stand in quotes, lists in [ ]".to_owned();
            source.push(ProblemCode::PlanSyntax, line, format!("this is no TOML: {}", error.message()), None, Some(hint));
            last = (line, error.message());
        }
    }
    if !errors.is_empty() {
        return Err(source.into_parts().0);
    }
    // Whatever else is wrong may follow from what is not answered yet.
    let open = open_questions(text, name);
    if open.has_errors() {
        return Err(open);
    }
    let mut plan = read_plan(Table::root(&source, document.get_ref()));
    complete(&mut plan);
    let (mut problems, lines) = source.into_parts();
    problems.extend(check_at(&plan, name, &lines));
    for (path, mut problem) in resolve_all(&plan, catalogue).1 {
        // A direction or an instrument that stands there and is wrong was reported already.
        let stands_there = path
            .rsplit_once('.')
            .is_some_and(|(table, _)| lines.has(&format!("{table}.direction")) || lines.has(&format!("{table}.instrument")));
        if problem.code == ProblemCode::PlanMissingKey && stands_there {
            continue;
        }
        problem.place = Place { line: lines.of(&path), ..Place::file(name) };
        problems.push(problem);
    }
    // As the file is read, top to bottom; what is absent comes last.
    problems.0.sort_by_key(|problem| problem.place.line.unwrap_or(u64::MAX));
    if problems.has_errors() { Err(problems) } else { Ok(plan) }
}

/// What `init` asked and nobody answered: a comment, without which the plan might well run, by a default that nobody chose.
fn open_questions(text: &str, name: &str) -> Problems {
    let lines = (1..).zip(text.lines()).filter_map(|(number, line)| Some((number, line.trim_start().strip_prefix(QUESTION)?)));
    let problem = |(number, line): (u64, &str)| {
        let wanted = line.split("   #").next().unwrap_or_default().trim();
        Problem::error(ProblemCode::PlanUnansweredQuestion, Place::file(name).line(number), format!("a question is open: `{wanted}`"))
            .with_hint("complete the line and delete the words `# ANSWER: ` from it; or delete the line, where it asks nothing any more")
    };
    Problems(lines.map(problem).collect())
}

fn read_plan(mut root: Table<'_>) -> Plan {
    let plan = Plan {
        trial: root.table("trial").map(trial).unwrap_or_default(),
        data: root.table("data").map(data).unwrap_or_default(),
        visits: root.table("visits").map(visits),
        outcome: root.tables("outcome").into_iter().map(outcome).collect(),
        analysis: root.table("analysis").map(analysis).unwrap_or_default(),
        figures: root.table("figures").map(figures).unwrap_or_default(),
        privacy: root.table("privacy").map(privacy).unwrap_or_default(),
        estimand: root.table("estimand").map(read_meaning::estimand).unwrap_or_default(),
    };
    root.finish();
    plan
}

fn trial(mut table: Table<'_>) -> TrialSection {
    let section = TrialSection { title: table.text("title"), id: table.text("id") };
    table.finish();
    section
}

fn data(mut table: Table<'_>) -> DataSection {
    let section = DataSection {
        files: table.file_names("files"),
        pre: table.text("pre"),
        post: table.text("post"),
        subject: table.text("subject").unwrap_or_default(),
        encoding: table.text("encoding"),
        separator: table.mark_text("separator"),
        decimal: table.mark_text("decimal"),
        thousands: table.mark_text("thousands"),
        missing: table.texts("missing").unwrap_or_default(),
        header_line: table.whole("header_line", 1..=u64::MAX),
        skip_records_after_header: table.whole("skip_records_after_header", 0..=u64::MAX),
        keep_where: table.entries("where", "a text or a list of texts", one_or_more),
        visit: table.text("visit"),
        outcome_column: table.text("outcome_column"),
        value: table.text("value"),
        group: table.text("group"),
        ids_equal_under: table.words("ids_equal_under").unwrap_or_default(),
        ids_distinct: table.flag("ids_distinct"),
        pre_date: table.text("pre_date"),
        post_date: table.text("post_date"),
        date: table.text("date"),
        date_format: table.text("date_format"),
        sheet: table.text("sheet"),
        control_files: table.file_names("control_files"),
        files_by_name: table.named_tables("files_by_name").into_iter().map(|(name, table)| (name, file_override(table))).collect(),
        decimal_by_column: table.entries("decimal_by_column", "\".\" or \",\"", |value| value.as_str().map(str::to_owned)),
    };
    table.finish();
    section
}

fn file_override(mut table: Table<'_>) -> FileOverride {
    let section = FileOverride {
        subject: table.text("subject"),
        encoding: table.text("encoding"),
        separator: table.mark_text("separator"),
        decimal: table.mark_text("decimal"),
        thousands: table.mark_text("thousands"),
        missing: table.texts("missing"),
        header_line: table.whole("header_line", 1..=u64::MAX),
        skip_records_after_header: table.whole("skip_records_after_header", 0..=u64::MAX),
        sheet: table.text("sheet"),
        value: table.text("value"),
    };
    table.finish();
    section
}

fn visits(mut table: Table<'_>) -> VisitsSection {
    let mut label = |key| table.one_or_more(key).unwrap_or_default();
    let section = VisitsSection { pre: label("pre"), post: label("post"), others: table.texts("others").unwrap_or_default() };
    table.finish();
    section
}

fn outcome(mut table: Table<'_>) -> OutcomeSection {
    let section = OutcomeSection {
        id: table.text("id").unwrap_or_default(),
        label: table.text("label"),
        instrument: table.text("instrument"),
        domain: table.text("domain"),
        direction: table.word("direction"),
        range: table.pair("range"),
        step: table.decimal("step"),
        integer: table.flag("integer"),
        role: table.word("role"),
        unit: table.text("unit"),
        source: table.text("source"),
        pre: table.text("pre"),
        post: table.text("post"),
        value: table.text("value"),
        key: table.text("key"),
        others: table.entries("others", "the name of a column", |value| value.as_str().map(str::to_owned)),
        pre_items: table.text("pre_items"),
        post_items: table.text("post_items"),
        value_items: table.text("value_items"),
        items: table.whole32("items", limits::ITEMS),
        item_range: table.pair("item_range"),
        reverse: table.numbers("reverse").unwrap_or_default(),
        score: table.word("score"),
        prorate: table.decimal("prorate"),
        mcid: table.table("mcid").and_then(read_meaning::mcid),
        remission: table.table("remission").map(read_meaning::cut),
        response: table.table("response").and_then(read_meaning::response),
        reliability: table.table("reliability").and_then(read_meaning::reliability),
        norm: table.table("norm").and_then(read_meaning::norm),
        clinical_norm: table.table("clinical_norm").and_then(read_meaning::norm),
        entry: table.table("entry").map(read_meaning::cut),
        practice: table.table("practice").and_then(read_meaning::practice),
        equivalence: table.pair("equivalence"),
        benchmark: table.tables("benchmark").into_iter().filter_map(read_meaning::benchmark).collect(),
    };
    table.finish();
    section
}

fn analysis(mut table: Table<'_>) -> AnalysisSection {
    let default = AnalysisSection::default();
    let section = AnalysisSection {
        conf_level: table.number_between("conf_level", limits::CONF_LEVEL).unwrap_or(default.conf_level),
        alternative: table.word("alternative").unwrap_or(default.alternative),
        test: table.word("test").unwrap_or(default.test),
        effect: table.word("effect").unwrap_or(default.effect),
        multiplicity: table.word("multiplicity").unwrap_or(default.multiplicity),
        family: table.word("family").unwrap_or(default.family),
        zeros: table.word("zeros").unwrap_or(default.zeros),
        seed: table.whole("seed", 0..=u64::MAX).unwrap_or(default.seed),
        bootstrap: table.whole32("bootstrap", limits::BOOTSTRAP).unwrap_or(default.bootstrap),
        permutations: table.whole32("permutations", limits::PERMUTATIONS).unwrap_or(default.permutations),
        accept_recalled: table.flag("accept_recalled").unwrap_or(default.accept_recalled),
        carried_forward: table.words("carried_forward").unwrap_or(default.carried_forward),
    };
    table.finish();
    section
}

fn figures(mut table: Table<'_>) -> FiguresSection {
    let default = FiguresSection::default();
    let section = FiguresSection {
        kinds: table.words("kinds").unwrap_or(default.kinds),
        formats: table.words("formats").unwrap_or(default.formats),
        preset: table.word("preset").unwrap_or(default.preset),
        dpi: table.whole32("dpi", limits::DPI),
        fonts: table.file_names("fonts"),
    };
    table.finish();
    section
}

fn privacy(mut table: Table<'_>) -> PrivacySection {
    let default = PrivacySection::default();
    let section = PrivacySection {
        min_cell: table.whole32("min_cell", 0..=1_000_000).unwrap_or(default.min_cell),
        individuals: table.flag("individuals").unwrap_or(default.individuals),
    };
    table.finish();
    section
}

/// Puts what may stand in two places into the one where the layout looks for it, and names outcomes without an id.
fn complete(plan: &mut Plan) {
    let layout = plan.layout();
    match (layout, &plan.data.value) {
        (Layout::Long | Layout::TwoFiles, Some(_)) => {
            for outcome in plan.outcome.iter_mut().filter(|outcome| !outcome.is_from_items()) {
                outcome.value = outcome.value.take().or_else(|| plan.data.value.clone());
            }
        }
        (Layout::Tidy, None) => plan.data.value = plan.outcome.iter().find_map(|outcome| outcome.value.clone()),
        _ => {}
    }
    for outcome in plan.outcome.iter_mut().filter(|outcome| outcome.id.is_empty()) {
        let key = outcome.key.clone().filter(|key| key != "*");
        let stem = match (&outcome.pre, &outcome.post) {
            (Some(pre), Some(post)) => common_stem(pre, post),
            _ => outcome.stem_of_items(),
        };
        let value = outcome.value.clone().or_else(|| plan.data.value.clone());
        outcome.id = outcome.instrument.clone().or(key).or(stem).or(value).unwrap_or_else(|| "score".to_owned());
    }
}
