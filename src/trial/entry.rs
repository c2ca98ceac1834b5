//! The text of a catalogue entry → a checked [`Instrument`]: everything wrong at once, each finding with its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Cut, Direction, Evidence, Instrument, Place, Problem, ProblemCode, Problems, ReliabilityKind, ScoreRange};
use crate::decimal::Decimal;
use crate::trial::ChangeUnit;

const ENTRY: &[&str] = &[
    "id",
    "name",
    "abbreviation",
    "name_ja",
    "aliases",
    "domain",
    "direction",
    "range",
    "step",
    "unit",
    "bands",
    "bands_evidence",
    "bands_source",
    "citation",
    "doi",
    "evidence",
    "range_evidence",
    "notes",
    "rater",
    "score_kind",
    "items",
    "subscales",
    "remission",
    "response",
    "practice_effect",
    "license_note",
    "unknown",
    "mcid",
    "reliability",
    "norm",
];
const REQUIRED: [&str; 6] = ["id", "name", "abbreviation", "domain", "direction", "evidence"];
const RANGE: &[&str] = &["min", "max"];
const BAND: &[&str] = &["label", "min", "max"];
const REMISSION: &[&str] = &["at_most", "below", "at_least", "above", "source", "evidence"];
const RESPONSE: &[&str] = &["percent", "points", "at_most", "at_least", "source", "evidence"];
const MCID: &[&str] = &["value", "unit", "kind", "interval", "anchor", "population", "source", "evidence"];
const RELIABILITY: &[&str] = &["value", "kind", "interval", "population", "source", "evidence"];
const NORM: &[&str] = &["mean", "sd", "n", "population", "source", "evidence"];

/// Reads and checks one entry; `file` names it in messages. An entry with an error is not used.
pub fn read_entry(text: &str, file: &str) -> Result<Instrument, Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut check = Check { file, text, lines: Vec::new(), found: Problems::default() };
    match DeTable::parse(text) {
        Ok(table) => check.keys(table.get_ref()),
        Err(error) => {
            let hint = "TOML is `key = value` a line; texts stand in quotes, lists in [ ]";
            check.at(error.span().map(|span| span.start), format!("this is no TOML: {}", error.message()), hint);
            return Err(check.found);
        }
    }
    if check.found.has_errors() {
        return Err(check.found);
    }
    let entry: Instrument = match toml::from_str(text) {
        Ok(entry) => entry,
        Err(error) => {
            // The parser's words name the key only by its place.
            let start = error.span().map(|span| span.start);
            let key = start.and_then(|start| check.key_at(start)).map(|key| format!("`{key}`: ")).unwrap_or_default();
            check.at(start, format!("{key}{}", error.message().trim()), "docs/instruments.md shows every key with an example");
            return Err(check.found);
        }
    };
    check.entry(&entry);
    if check.found.has_errors() { Err(check.found) } else { Ok(entry) }
}

/// The findings of one file, and where its keys stand.
struct Check<'a> {
    file: &'a str,
    text: &'a str,
    /// Key paths like `mcid[0].value`, and the byte they begin at.
    lines: Vec<(String, usize)>,
    found: Problems,
}

impl Check<'_> {
    fn at(&mut self, byte: Option<usize>, what: String, hint: &str) {
        let line = byte.map(|byte| self.text.as_bytes()[..byte.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count() + 1);
        let place = Place { line: line.map(|line| line as u64), ..Place::file(self.file) };
        let problem = Problem::error(ProblemCode::CatalogueEntry, place, what);
        self.found.push(if hint.is_empty() { problem } else { problem.with_hint(hint) });
    }

    /// A finding about a key: what was expected of it, and what is there.
    fn wrong(&mut self, key: &str, expected: &str, got: impl std::fmt::Display, hint: &str) {
        let byte = self.lines.iter().find(|(path, _)| path == key).map(|(_, byte)| *byte);
        self.at(byte, format!("`{key}`: expected {expected}, got {got}"), hint);
    }

    fn key_at(&self, byte: usize) -> Option<String> {
        self.lines.iter().filter(|(_, start)| *start <= byte).max_by_key(|(_, start)| *start).map(|(path, _)| path.clone())
    }

    /// Unknown and absent keys, and the places of all others.
    fn keys(&mut self, root: &DeTable<'_>) {
        self.table(root, "", ENTRY);
        for key in REQUIRED {
            if !root.iter().any(|(name, _)| name.get_ref() == key) {
                self.wrong(key, "a value", "nothing", "every entry has it: docs/instruments.md says what it means");
            }
        }
    }

    fn table(&mut self, table: &DeTable<'_>, path: &str, known: &[&str]) {
        for (name, value) in table {
            let key = if path.is_empty() { name.get_ref().to_string() } else { format!("{path}.{}", name.get_ref()) };
            self.lines.push((key.clone(), name.span().start));
            if !known.contains(&name.get_ref().as_ref()) {
                let near = known
                    .iter()
                    .map(|known| (strsim::jaro_winkler(&name.get_ref().to_lowercase(), known), *known))
                    .filter(|(likeness, _)| *likeness >= 0.75)
                    .max_by(|a, b| a.0.total_cmp(&b.0));
                let hint =
                    near.map(|(_, near)| format!("did you mean `{near}`?")).unwrap_or_else(|| format!("known: {}", known.join(", ")));
                self.at(Some(name.span().start), format!("unknown key `{key}`"), &hint);
                continue;
            }
            let inner: &[&str] = match key.as_str() {
                "range" => RANGE,
                "bands" => BAND,
                "remission" => REMISSION,
                "response" => RESPONSE,
                "mcid" => MCID,
                "reliability" => RELIABILITY,
                "norm" => NORM,
                _ => continue,
            };
            self.inside(value, &key, inner);
        }
    }

    fn inside(&mut self, value: &Spanned<DeValue<'_>>, path: &str, known: &[&str]) {
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, path, known),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    self.lines.push((path.clone(), item.span().start));
                    if let DeValue::Table(table) = item.get_ref() {
                        self.table(table, &path, known);
                    }
                }
            }
            _ => {}
        }
    }

    fn entry(&mut self, entry: &Instrument) {
        self.words(entry);
        self.scores(entry);
        self.bands(entry);
        self.thresholds(entry);
        self.coefficients(entry);
        self.unknown(entry);
    }

    fn words(&mut self, entry: &Instrument) {
        let letters = |id: &str| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if entry.id.is_empty() || !letters(&entry.id) {
            self.wrong("id", "lower case letters, digits and `_`", quoted(&entry.id), "such as \"bdi2\"");
        }
        let stem = self.file.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".toml"));
        if let Some(stem) = stem.filter(|stem| *stem != entry.id) {
            let expected = format!("\"{stem}\", the name of the file");
            self.wrong("id", &expected, quoted(&entry.id), "an entry stands in a file of its own, named by its id");
        }
        for (key, text) in [("name", &entry.name), ("abbreviation", &entry.abbreviation), ("domain", &entry.domain)] {
            self.text(key, text);
        }
        if entry.citation.is_none() {
            self.wrong("citation", "the primary source of the scale", "nothing", "author, year, journal; or the manual");
        }
        if let Some(doi) = entry.doi.as_ref().filter(|doi| !doi.starts_with("10.") || !doi.contains('/')) {
            self.wrong("doi", "a DOI such as 10.1037/t00742-000", quoted(doi), "without https://doi.org/");
        }
        if entry.items == Some(0) {
            self.wrong("items", "a number above 0", 0, "leave it out where it is not known");
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        if text.trim().is_empty() {
            self.wrong(key, "a text", "an empty one", "");
        } else if matches!(text.trim().to_lowercase().as_str(), "same" | "ditto" | "as above" | "ibid" | "ibid.") {
            // A fact is shown alone, without the one before it.
            self.wrong(key, "words that stand alone", quoted(text), "write it out again");
        }
    }

    fn scores(&mut self, entry: &Instrument) {
        let zero = Decimal::from_integer(0);
        if let Some(step) = entry.step.filter(|step| *step <= zero) {
            self.wrong("step", "a number above 0", step, "");
            return;
        }
        let Some(range) = entry.range else { return };
        if range.min >= range.max {
            self.wrong("range", "`min` below `max`", format!("{} to {}", range.min, range.max), "");
            return;
        }
        if entry.range_evidence.is_none() {
            self.wrong("range_evidence", "seen, derived or recalled", "nothing", "a range says how well it is supported");
        }
        if let Some(step) = entry.step.filter(|step| !range.max.is_multiple(range.min, *step)) {
            let expected = format!("a step that leads from {} to {}", range.min, range.max);
            self.wrong("step", &expected, step, "correct `step` or `range`");
        }
    }

    /// Bands cover the range, each score in exactly one.
    fn bands(&mut self, entry: &Instrument) {
        let (Some(first), Some(last)) = (entry.bands.first(), entry.bands.last()) else { return };
        let Some(range) = entry.range else {
            self.wrong("bands", "a `range` that they cover", "bands without one", "add `range`");
            return;
        };
        if entry.bands_evidence.is_none() {
            self.wrong("bands_evidence", "seen, derived or recalled", "nothing", "bands say how well they are supported");
        }
        if entry.bands_source.is_none() {
            self.wrong("bands_source", "where the bands come from", "nothing", "");
        }
        let hint = "bands run from the lowest score to the highest, both ends included, without gap or overlap";
        if first.min != range.min {
            self.wrong("bands[0].min", &format!("{}, where the range begins", range.min), first.min, hint);
        }
        if last.max != range.max {
            let key = format!("bands[{}].max", entry.bands.len() - 1);
            self.wrong(&key, &format!("{}, where the range ends", range.max), last.max, hint);
        }
        for (index, band) in entry.bands.iter().enumerate() {
            self.text(&format!("bands[{index}].label"), &band.label);
            if band.min > band.max {
                self.wrong(&format!("bands[{index}]"), "`min` at most `max`", format!("{} to {}", band.min, band.max), hint);
            }
            if entry.bands[..index].iter().any(|other| other.label == band.label) {
                self.wrong(&format!("bands[{index}].label"), "a name that no other band has", quoted(&band.label), "");
            }
        }
        for (index, two) in entry.bands.windows(2).enumerate() {
            let key = format!("bands[{}].min", index + 1);
            if two[1].min <= two[0].max {
                self.wrong(&key, &format!("more than {}, where the band before ends", two[0].max), two[1].min, hint);
            } else if !follows(two[0].max, two[1].min, entry.step) {
                self.wrong(&key, &format!("the score after {}", two[0].max), two[1].min, hint);
            }
        }
    }

    fn thresholds(&mut self, entry: &Instrument) {
        if let Some(remission) = &entry.remission {
            self.text("remission.source", &remission.source);
            self.cut(&remission.cut, entry);
        }
        if let Some(response) = &entry.response {
            self.text("response.source", &response.source);
            let rule = response.rule;
            let stated = [rule.percent, rule.points, rule.at_most, rule.at_least].iter().flatten().count();
            if stated == 0 {
                self.wrong("response", "`percent`, `points` or a bound of the post score", "none of them", "");
            }
            self.percent("response.percent", rule.percent);
            self.points("response.points", rule.points, entry.range);
            for (key, bound, better) in
                [("response.at_most", rule.at_most, Direction::Lower), ("response.at_least", rule.at_least, Direction::Higher)]
            {
                self.inside_range(key, bound, entry.range);
                self.better_side(key, bound, better, entry.direction);
            }
        }
        for (index, mcid) in entry.mcid.iter().enumerate() {
            let key = |name: &str| format!("mcid[{index}].{name}");
            match mcid.unit {
                ChangeUnit::Points => self.points(&key("value"), Some(mcid.value), entry.range),
                ChangeUnit::PercentOfBaseline => self.percent(&key("value"), Some(mcid.value)),
            }
            self.interval(&key("interval"), mcid.interval, mcid.value.to_f64());
            self.text(&key("anchor"), &mcid.anchor);
            self.text(&key("population"), &mcid.population);
            self.text(&key("source"), &mcid.source);
        }
    }

    fn cut(&mut self, cut: &Cut, entry: &Instrument) {
        let sides = [
            ("at_most", cut.at_most, Direction::Lower),
            ("below", cut.below, Direction::Lower),
            ("at_least", cut.at_least, Direction::Higher),
            ("above", cut.above, Direction::Higher),
        ];
        let stated = cut.bounds().len();
        if stated != 1 {
            self.wrong("remission", "one of `at_most`, `below`, `at_least`, `above`", format!("{stated} of them"), "");
        }
        for (name, bound, better) in sides {
            let key = format!("remission.{name}");
            self.inside_range(&key, bound, entry.range);
            self.better_side(&key, bound, better, entry.direction);
        }
    }

    /// A bound that selects scores of the worse side is a slip of the pen.
    fn better_side(&mut self, key: &str, bound: Option<Decimal>, side: Direction, direction: Direction) {
        if bound.is_some() && side != direction {
            let expected = match direction {
                Direction::Lower => "`at_most` or `below`, since lower is better",
                Direction::Higher => "`at_least` or `above`, since higher is better",
                Direction::None => "no such rule where no direction is better",
            };
            self.wrong(key, expected, "the other side", "correct the bound or `direction`");
        }
    }

    fn inside_range(&mut self, key: &str, bound: Option<Decimal>, range: Option<ScoreRange>) {
        if let (Some(bound), Some(range)) = (bound, range)
            && !range.contains(bound)
        {
            self.wrong(key, &format!("a score of {} to {}", range.min, range.max), bound, "correct it or `range`");
        }
    }

    fn percent(&mut self, key: &str, value: Option<Decimal>) {
        if let Some(value) = value.filter(|value| *value <= Decimal::from_integer(0) || *value > Decimal::from_integer(100)) {
            self.wrong(key, "a percentage above 0 and at most 100", value, "");
        }
    }

    fn points(&mut self, key: &str, value: Option<Decimal>, range: Option<ScoreRange>) {
        let Some(value) = value else { return };
        if value <= Decimal::from_integer(0) {
            self.wrong(key, "a number above 0", value, "a magnitude: it is applied in the better direction");
        } else if let Some(range) = range.filter(|range| value.to_f64() > range.max.to_f64() - range.min.to_f64()) {
            self.wrong(
                key,
                &format!("no more than the width of the range {} to {}", range.min, range.max),
                value,
                "correct it or its unit",
            );
        }
    }

    fn interval(&mut self, key: &str, interval: Option<[f64; 2]>, value: f64) {
        if let Some([low, high]) = interval
            && !(low <= value && value <= high && low < high)
        {
            self.wrong(key, &format!("limits around {value}, the lower one first"), format!("[{low}, {high}]"), "");
        }
    }

    fn coefficients(&mut self, entry: &Instrument) {
        for (index, fact) in entry.reliability.iter().enumerate() {
            let key = |name: &str| format!("reliability[{index}].{name}");
            if fact.kind == ReliabilityKind::Sem {
                let width = entry.range.map_or(f64::INFINITY, |range| range.max.to_f64() - range.min.to_f64());
                if !(fact.value > 0.0 && fact.value < width) {
                    self.wrong(&key("value"), "points above 0 and within the range", fact.value, "`sem` is in points of the score");
                }
            } else if !(fact.value > 0.0 && fact.value < 1.0) {
                let hint = "a standard error of measurement in points has kind = \"sem\"";
                self.wrong(&key("value"), "a coefficient between 0 and 1", fact.value, hint);
            }
            self.interval(&key("interval"), fact.interval, fact.value);
            self.text(&key("population"), &fact.population);
            self.text(&key("source"), &fact.source);
        }
        for (index, fact) in entry.norm.iter().enumerate() {
            let key = |name: &str| format!("norm[{index}].{name}");
            let outside = |range: &ScoreRange| !(range.min.to_f64()..=range.max.to_f64()).contains(&fact.mean);
            if let Some(range) = entry.range.filter(outside) {
                self.wrong(
                    &key("mean"),
                    &format!("a mean of {} to {}", range.min, range.max),
                    fact.mean,
                    "another metric is another entry",
                );
            }
            if let Some(sd) = fact.sd.filter(|sd| !(sd.is_finite() && *sd > 0.0)) {
                self.wrong(&key("sd"), "a number above 0", sd, "leave it out where it is not known");
            }
            if fact.n == Some(0) {
                self.wrong(&key("n"), "a number above 0", 0, "leave it out where it is not known");
            }
            self.text(&key("population"), &fact.population);
            self.text(&key("source"), &fact.source);
        }
    }

    /// What is listed as not found must not be there.
    fn unknown(&mut self, entry: &Instrument) {
        for fact in &entry.unknown {
            let there = match fact.as_str() {
                "bands" => !entry.bands.is_empty(),
                "remission" => entry.remission.is_some(),
                "response" => entry.response.is_some(),
                "mcid" => !entry.mcid.is_empty(),
                "reliability" => !entry.reliability.is_empty(),
                "norm" => !entry.norm.is_empty(),
                "norm.sd" => entry.norm.iter().any(|norm| norm.sd.is_some()),
                "doi" => entry.doi.is_some(),
                "range" => entry.range.is_some(),
                _ => false,
            };
            if there {
                self.wrong("unknown", "facts that the entry does not hold", quoted(fact), "take it off the list");
            }
        }
    }
}

/// Whether `next` is the score after `last`; where there is no step, bands are written on hundredths.
fn follows(last: Decimal, next: Decimal, step: Option<Decimal>) -> bool {
    let gap = step.or(Decimal::new(1, 2)).map_or(0.0, Decimal::to_f64);
    next.to_f64() - last.to_f64() <= gap + 1e-9
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

impl Evidence {
    /// In words, as the catalogue prints it.
    pub fn label(self) -> &'static str {
        match self {
            Evidence::Seen => "seen",
            Evidence::Derived => "derived",
            Evidence::Recalled => "recalled, to be verified",
        }
    }
}
