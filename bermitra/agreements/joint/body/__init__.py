"""The body (BKAD) that carries a Peraturan Bersama out: who sits in it, what each village pays, who joins and who leaves."""
