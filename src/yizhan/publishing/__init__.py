"""Public notices 公示: what is about to be decided is shown to everybody for some days, and objections are heard."""
