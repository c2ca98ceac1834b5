//! The noncentral_t distribution.
