-- "what does this message stand for?", asked with every attempt
create index notification_bundled on notification (bundled_into) where bundled_into is not null;
