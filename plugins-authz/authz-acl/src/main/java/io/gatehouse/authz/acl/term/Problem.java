package io.gatehouse.authz.acl.term;

/**
 * One thing that is wrong in a text.
 *
 * @param at where
 * @param text what is wrong and what is allowed, in one sentence without line breaks
 */
public record Problem(Position at, String text) {}
