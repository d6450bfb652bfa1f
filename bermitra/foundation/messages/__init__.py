"""In-app inbox, e-mail, wa.me texts and the outbox that carries them."""
