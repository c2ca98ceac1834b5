//! A plan: it is refused with a place, or it reads back from what is written of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prepost::plan;

fuzz_target!(|text: &str| {
    if let Ok(plan) = plan::read(text, "trial.toml") {
        let written = plan::to_toml(&plan);
        match plan::read(&written, "written.toml") {
            Ok(again) => assert_eq!(again, plan, "{written}"),
            Err(problems) => panic!("a plan that was written is refused: {problems:?}\n{written}"),
        }
    }
});
