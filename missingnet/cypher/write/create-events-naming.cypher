// WRITE: new events, each with a link to a thing that it names
// for: EVENT,LINK,TO
UNWIND $rows AS row MATCH (b:TO {id: row.thing})
CREATE (e:EVENT {EVENT_FACTS})-[l:LINK {LINK_FACTS}]->(b)
