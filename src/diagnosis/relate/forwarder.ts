/** Load balancers and proxies pass calls on and show what happens behind them, by the words of the field and of products in a component's name. */
export const FORWARDER = /(?:^|[^a-z])(?:elb|alb|nlb|lb|load-?balancer|ingress|proxy|haproxy|nginx|envoy|sidecar)(?:$|[^a-z])/i;
