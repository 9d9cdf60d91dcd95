"""Messages to banks: written from what was recorded, always the same bytes for the same order.

Field mapping: `domain` §7.4. Every message is valid against the schema of its name beside this
package; the renderings are pinned, because a bank recognises a repeated message by its content.
"""
