"""Measure answers on judged questions, and fit the weights on those set aside for fitting."""
