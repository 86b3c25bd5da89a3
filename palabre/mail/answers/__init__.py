"""Answers by mail: what people write back to a letter becomes a comment, said by them where the letter spoke of.

An address that answers is signed for one person and one thread (`address`); a message comes in by LMTP or from a
mailbox (`lmtp`, `mailbox`), is read (`message`, `wording`), and is taken or refused, once, in one transaction
(`receiving`).
"""
