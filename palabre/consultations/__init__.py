"""Consultations: questions to those inside and outside, by a method that knows how to read the answers.

What is asked is settled when it opens; an answer keeps no name once it is sent, and results are told of five or more.
Verbs: start, ask, invite, open, answer, close, return the results with what will be done. The sums are those of
`measuring`.
"""
