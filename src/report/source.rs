//! Where the sections find things: lookups into the results, and the figures by place.

use super::FigureAsset;
use super::document::{Block, Figure, Inline};
use super::reference::Citations;
use super::{inert, words};
use crate::plan::{AnalysisSection, Effect as HeadlineEffect, FigureKind, Plan, TestName, WantedChange};
use crate::results::{
    Adjusted, Agreement, Analysis, BandShift, BayesFactor, Benchmarks, Bootstrap, ChangeCorrelations, Describe, Equivalence, Finding,
    Method, MissingPost, Multiverse, PracticeEffect, RegressionToMean, ReliableChange, Remission, Responders, Response, Results,
};
use crate::stats::effect::Effect;
use crate::stats::paired::PairedT;
use crate::stats::{NotEstimable, Note};
use crate::trial::{DOMAINS, Direction, Outcome, OutcomeLedger, Role};

/// What a section writes from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub results: &'a Results,
    pub figures: &'a [FigureAsset],
}

/// A record, the reason why there is none, or `None` where the analysis was not done.
type Found<'a, T> = Option<Result<&'a T, &'a NotEstimable>>;

macro_rules! lookup {
    ($(#[$doc:meta])* $name:ident, $method:ident, $variant:ident, $record:ty) => {
        $(#[$doc])*
        pub fn $name(&self, outcome: &str) -> Found<'a, $record> {
            match self.results.finding(outcome, Method::$method)? {
                Ok(Finding::$variant(record)) => Some(Ok(record)),
                Ok(_) => None,
                Err(reason) => Some(Err(reason)),
            }
        }
    };
}

impl<'a> Source<'a> {
    pub fn plan(&self) -> &'a Plan {
        &self.results.provenance.settings.0
    }

    pub fn settings(&self) -> &'a AnalysisSection {
        &self.plan().analysis
    }

    lookup!(describe, Describe, Describe, Describe);
    lookup!(paired_t, PairedT, PairedT, PairedT);
    lookup!(bootstrap, Bootstrap, Bootstrap, Bootstrap);
    lookup!(adjusted, Adjusted, Adjusted, Adjusted);
    lookup!(agreement, Agreement, Agreement, Agreement);
    lookup!(responders, Responders, Responders, Responders);
    lookup!(response, Response, Response, Response);
    lookup!(remission, Remission, Remission, Remission);
    lookup!(reliable_change, ReliableChange, ReliableChange, ReliableChange);
    lookup!(multiverse, Multiverse, Multiverse, Multiverse);
    lookup!(band_shift, BandShift, BandShift, BandShift);
    lookup!(regression, RegressionToMean, RegressionToMean, RegressionToMean);
    lookup!(practice, Practice, Practice, PracticeEffect);
    lookup!(benchmarks, Benchmark, Benchmark, Benchmarks);
    lookup!(missing_post, MissingPost, MissingPost, MissingPost);
    lookup!(equivalence, Equivalence, Equivalence, Equivalence);
    lookup!(bayes_factor, BayesFactor, BayesFactor, BayesFactor);
    lookup!(change_correlation, ChangeCorrelation, ChangeCorrelation, ChangeCorrelations);

    /// The effect size of a method that has one.
    pub fn effect(&self, outcome: &str, method: Method) -> Found<'a, Effect> {
        match self.results.finding(outcome, method)? {
            Ok(Finding::Effect(record)) => Some(Ok(record)),
            Ok(_) => None,
            Err(reason) => Some(Err(reason)),
        }
    }

    /// Whether any outcome has an analysis by `method`, estimated or refused.
    pub fn uses(&self, method: Method) -> bool {
        self.results.analyses.iter().any(|analysis| analysis.key.method == method)
    }

    /// Every analysis of one method, over the outcomes.
    pub fn all(&self, method: Method) -> impl Iterator<Item = &'a Analysis> + use<'a> {
        self.results.analyses.iter().filter(move |analysis| analysis.key.method == method)
    }

    pub fn notes(&self, outcome: &str, method: Method) -> &'a [Note] {
        self.results.analysis(outcome, method).map_or(&[], |analysis| &analysis.notes)
    }

    /// The test that decides.
    pub fn deciding(&self) -> Method {
        match self.settings().test {
            TestName::PairedT => Method::PairedT,
            TestName::SignedRank => Method::SignedRank,
            TestName::Permutation => Method::Permutation,
            TestName::Sign => Method::SignTest,
        }
    }

    /// Whether the tests of `outcome` looked only for higher (true) or only for lower scores; `None` where they looked both ways.
    pub fn looked_for_higher(&self, outcome: &Outcome) -> Option<bool> {
        let better_is_higher = match outcome.direction {
            Direction::Higher => true,
            Direction::Lower => false,
            Direction::None => return None,
        };
        match self.settings().alternative {
            WantedChange::TwoSided => None,
            WantedChange::Improvement => Some(better_is_higher),
            WantedChange::Worsening => Some(!better_is_higher),
        }
    }

    /// Whether the plan's smallest cell withholds everything about `outcome`, its number of pairs included.
    pub fn is_withheld(&self, outcome: &str) -> bool {
        matches!(self.results.finding(outcome, Method::Describe), Some(Err(NotEstimable::Withheld { .. })))
    }

    /// The headline effect size.
    pub fn headline(&self) -> Method {
        match self.settings().effect {
            HeadlineEffect::DZ => Method::DZ,
            HeadlineEffect::DAv => Method::DAv,
            HeadlineEffect::DPre => Method::DPre,
            HeadlineEffect::RankBiserial => Method::RankBiserial,
            HeadlineEffect::PSuperiority => Method::PSuperiority,
        }
    }

    /// The ledger of an outcome; nothing where counts of it are withheld.
    pub fn ledger(&self, outcome: &str) -> Option<&'a OutcomeLedger> {
        self.results.participants.ledger()?.outcomes.iter().find(|entry| entry.outcome == outcome)
    }

    /// The outcomes by domain (domains with a primary outcome first, then known domains in their order), within a domain
    /// by role, then as planned.
    pub fn by_domain(&self) -> Vec<(Option<&'a str>, Vec<&'a Outcome>)> {
        let mut domains: Vec<Option<&str>> = DOMAINS.iter().map(|domain| Some(*domain)).collect();
        for outcome in &self.results.outcomes {
            let domain = outcome.domain.as_deref();
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        let mut groups: Vec<(Option<&'a str>, Vec<&'a Outcome>)> = domains
            .into_iter()
            .map(|domain| {
                let mut outcomes: Vec<&Outcome> = self.results.outcomes.iter().filter(|o| o.domain.as_deref() == domain).collect();
                outcomes.sort_by_key(|outcome| outcome.role);
                // The name is taken from the outcomes, so that it lives as long as they do.
                (outcomes.first().and_then(|outcome| outcome.domain.as_deref()), outcomes)
            })
            .filter(|(_, outcomes)| !outcomes.is_empty())
            .collect();
        groups.sort_by_key(|(_, outcomes)| outcomes.iter().all(|outcome| outcome.role != Role::Primary));
        groups
    }

    /// An id for an outcome that is safe in a fragment: its own where that is plain, else its place in the plan.
    pub fn fragment(&self, outcome: &Outcome) -> String {
        if inert::is_fragment(&outcome.id) {
            return outcome.id.clone();
        }
        // The dot is outside the letters of a plain id, so that the two never meet.
        let place = self.results.outcomes.iter().position(|other| other.id == outcome.id).unwrap_or_default();
        format!("no.{}", place + 1)
    }

    /// The figures of one kind that belong to `outcome` (or to the whole trial).
    pub fn figures(&self, kind: FigureKind, outcome: Option<&Outcome>) -> Vec<Block> {
        self.figures_of(kind.name(), outcome)
    }

    /// The figures of `outcome` by the name of their kind.
    pub fn figures_named(&self, kind: &str, outcome: &Outcome) -> Vec<Block> {
        self.figures_of(kind, Some(outcome))
    }

    fn figures_of(&self, kind: &str, outcome: Option<&Outcome>) -> Vec<Block> {
        let belongs = |asset: &&FigureAsset| {
            asset.kind.name() == kind && asset.outcome.as_deref() == outcome.map(|o| o.id.as_str()) && !self.is_left_out(asset)
        };
        let place = outcome.map(|outcome| format!("{}-", self.fragment(outcome))).unwrap_or_default();
        let block = |asset: &FigureAsset| {
            // A figure that was not drawn has no caption of its own.
            let of = outcome.map(|outcome| format!(" of {}", outcome.label)).unwrap_or_default();
            let title = format!("{kind} figure{of}");
            let named = || format!("{}.", words::sentence(&title));
            let mut caption = Inline::from(if asset.caption.is_empty() { named() } else { asset.caption.clone() });
            for note in &asset.notes {
                let stop = if note.ends_with(['.', '!', '?']) { "" } else { "." };
                caption = caption.text(format!(" {note}{stop}"));
            }
            Block::Figure(Figure {
                id: format!("figure-{place}{kind}"),
                alt: asset.alt.clone(),
                title,
                caption,
                svg: asset.svg.clone(),
                file: asset.file.clone(),
                not_drawn: asset.not_drawn.clone(),
            })
        };
        // One a place: a second of the same kind would share its id.
        self.figures.iter().filter(belongs).take(1).map(block).collect()
    }
}

impl Source<'_> {
    /// Whether the plan leaves this figure out because it shows single people: said once for the whole report, not in its place.
    pub fn is_left_out(&self, asset: &FigureAsset) -> bool {
        !self.plan().privacy.individuals && asset.kind.shows_people() && asset.not_drawn.is_some()
    }
}

/// A section: blocks from the results, with the literature it cites.
pub(super) type Section = fn(&Source, &mut Citations) -> Vec<Block>;
