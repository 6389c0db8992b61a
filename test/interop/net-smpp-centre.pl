# A message centre of Perl's Net::SMPP: one transceiver. It answers each submit_sm, out of order by twos, and sends its receipt.
use strict;
use warnings;
use Net::SMPP;

$| = 1;
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "listen: $!";
print 'listening ', $listener->sockport, "\n";
my $smpp = $listener->accept or die "accept: $!";
my @held;
my $messages = 0;
while (my $pdu = $smpp->read_pdu) {
  my $command = $pdu->{cmd};
  if ($command == Net::SMPP::CMD_bind_transceiver) {
    my $good = $pdu->{system_id} eq 'callwake' && $pdu->{password} eq 'secret';
    $smpp->bind_transceiver_resp(seq => $pdu->{seq}, status => $good ? 0 : 0x0e, system_id => 'perl');
  } elsif ($command == Net::SMPP::CMD_submit_sm) {
    print join(' ', 'submit', $pdu->{destination_addr}, unpack('H*', $pdu->{short_message})), "\n";
    push @held, $pdu;
    next if @held < 2;
    while (my $one = pop @held) {
      my $id = sprintf 'perl-%d', ++$messages;
      $smpp->submit_sm_resp(seq => $one->{seq}, status => 0, message_id => $id);
      $smpp->deliver_sm(
        async => 1, esm_class => 4, source_addr => $one->{destination_addr}, destination_addr => $one->{source_addr},
        short_message => "id:$id sub:001 dlvrd:001 submit date:2611271200 done date:2611271201 stat:DELIVRD err:000 text:",
      );
    }
  } elsif ($command == Net::SMPP::CMD_enquire_link) {
    $smpp->enquire_link_resp(seq => $pdu->{seq});
  } elsif ($command == Net::SMPP::CMD_unbind) {
    $smpp->unbind_resp(seq => $pdu->{seq});
    last;
  }
}
print "over\n";
