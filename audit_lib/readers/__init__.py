"""Readers: one for each kind of file, each giving the same raw form. A reader knows no instrument."""
