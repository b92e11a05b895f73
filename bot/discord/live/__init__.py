"""Whoever asked gets the answer or a reason: the one place that posts, edits and finishes messages.

What uses it (commands, listeners, buttons) says *what* is shown; ``Live`` sees to it that it arrives:

- ``live.serve(asked, kind, request)``: ``asked`` is a message or an interaction (command, button, menu, modal).
  ``live.kinds[kind]`` makes the frames: an async generator that is given the ``Delivery`` (what was asked, where)
  and yields ``Frame``s, the first at once, the last with ``final=True``. A ``Frame`` without a view shows that the
  bot is thinking. It is noted in the store, so a restart calls the same generator again; give it all it needs in
  ``request`` (JSON), and let it look up what it has finished already, as ``live.answers`` does.
- ``live.serve(asked, name, {}, frames=...)``: the same for what can't be begun again from what JSON holds. After a
  restart the asker is told to ask again.
- ``live.once(interaction, make)``: for what is made quickly: acknowledged at once, then ``make()``'s view, or the
  reason why there is none. ``turns=True`` changes the message that the button is on.
- ``live.say(asked, view)``: for what is known already, such as a reason.
- ``live.post(channel_id, guild_id, view, nonce)``: what nobody waits for, such as a scheduled digest.
- ``AgainButton`` asks again what could not be answered in time.

None of them raises what Discord or the network do, but ``post``. From the bottom up: ``calls`` (one call, tried
again while that may help), ``screen`` (one message: what it shows, how it can still be reached), ``stream`` (how
often it is edited), ``delivering`` (shown and finished, whatever happens), ``live`` (claimed, adopted after a
restart), ``answers`` (answers as frames), ``route`` (in place, in a thread, or to the asker alone), ``gap``
(messages that were missed).
"""
