// WRITE: new events, each with the link that a thing has to it
// for: FROM,LINK,EVENT
UNWIND $rows AS row MATCH (a:FROM {id: row.thing})
CREATE (a)-[l:LINK {LINK_FACTS}]->(e:EVENT {EVENT_FACTS})
