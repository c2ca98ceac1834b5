use std::path::Path;

fn committed(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name)).unwrap_or_default()
}

#[test]
fn the_committed_schemas_are_current() {
    let hint = "run `cargo run --example schema`";
    assert!(committed("trial.schema.json") == prepost::plan::json_schema(), "docs/schema/trial.schema.json: {hint}");
    assert!(committed("results.schema.json") == prepost::results::json_schema(), "docs/schema/results.schema.json: {hint}");
}

#[test]
fn the_schema_knows_the_keys_and_refuses_others() {
    let schema: serde_json::Value = serde_json::from_str(&prepost::plan::json_schema()).expect("JSON");
    assert_eq!(schema["additionalProperties"], false);
    assert!(schema["$defs"]["OutcomeSection"]["properties"]["direction"].is_object());
}
