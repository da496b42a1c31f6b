"""What a line looks like: tokens, notation of wordings, line prefixes, dispatch, damage.

pyparsing is the definition (`tokens`, `notation`, `build`, `prefix`); what runs on every line is its
lowered form (`lower`), kept in the generated index.
"""
