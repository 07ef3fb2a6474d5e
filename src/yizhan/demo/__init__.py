"""The demo district 演示区: people, offices and cases from a seed. Nobody in it exists."""
