//! Contradictions and impossible values in a plan that parsed.
