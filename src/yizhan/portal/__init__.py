"""The portal 一网: where residents and companies come in. Thin pages, one call down, no business rule."""
