"""Webhooks: what a service says, told to addresses that asked for it (Standard Webhooks 1.0.0).

    said words → fan-out by cursor → deliveries due → one signed POST each → log, retry or end

Who subscribed to what is an aggregate of the service (`subscription`). A delivery is working
memory (`deliveries`): it comes at least once, under the same `webhook-id` however often it is
tried, and its bytes are those of the word. Secrets lie nowhere: they follow from the key of the
installation (`keys`). An address is looked up once, checked, and only the checked one is
connected to (`addresses`, `sending`).
"""
